// How fast are events read, and how fast do they come in by syslog: lines a second, from text to event, and from a socket into an
// embedded store on disk? Budget: 15,000 lines a second by TCP, and 5,000 a second by UDP without a loss.
//   pnpm bench event-intake [--lines 60000] [--seconds 10]
// The ratio is to JSON.parse and JSON.stringify of the event that comes out, which is the least that anybody has to do.
import { LogReader, type ReadEvent } from "@mozdef/event-intake";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { INPUTS, sshdLine } from "./event-intake/inputs.ts";
import { startService } from "./event-intake/service.ts";

const { values } = parseArgs({
  options: { lines: { type: "string", default: "60000" }, seconds: { type: "string", default: "10" } },
});
const [total, seconds] = [Number(values.lines), Number(values.seconds)];

const BUDGET = 15_000;
const DATAGRAMS = 5_000;

const rate = (count: number, ms: number): string => `${Math.round((count / ms) * 1_000).toLocaleString("en")} lines/s`;
const line = (name: string, text: string): void => console.log(`${name.padEnd(40)} ${text}`);

/** Milliseconds of the fastest of some rounds: others use the machine, too. */
const fastest = (work: () => unknown): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
};

const READS = 20_000;

const readAll = (lines: readonly string[]): readonly ReadEvent[] => {
  const reader = new LogReader({ receivedAt: new Date("2026-03-10T09:20:00Z"), sender: "192.0.2.1" });
  const events: ReadEvent[] = [];
  for (let at = 0; at < READS; at += 1) events.push(...reader.push(lines[at % lines.length] ?? ""));
  return [...events, ...reader.end()];
};

for (const [name, lines] of Object.entries(INPUTS)) {
  const events = readAll(lines).map(({ event }) => JSON.stringify(event));
  const own = fastest(() => readAll(lines));
  const least = fastest(() => {
    for (const text of events) JSON.stringify(JSON.parse(text));
  });
  line(name, `${rate(READS, own)}, ${(own / least).toFixed(1)} times as long as parsing and writing the event`);
}

const service = await startService();
try {
  const start = performance.now();
  const socket = connect(service.syslogPort, "127.0.0.1");
  for (let at = 0; at < total; at += 500) {
    const chunk = Array.from({ length: Math.min(500, total - at) }, (_, offset) => `${sshdLine(at + offset)}\n`);
    if (!socket.write(chunk.join(""))) await once(socket, "drain");
  }
  socket.end();
  const byTcp = await service.saved(total);
  const ms = performance.now() - start;
  const isFast = byTcp === total && (total / ms) * 1_000 >= BUDGET;
  line("by TCP into a store on disk", `${rate(byTcp, ms)} (at least ${BUDGET})${isFast ? "" : "  TOO SLOW"}`);

  const datagrams = createSocket("udp4");
  const began = performance.now();
  for (let sent = 0; sent < DATAGRAMS * seconds;) {
    const due = Math.min(DATAGRAMS * seconds, Math.floor(((performance.now() - began) / 1_000) * DATAGRAMS));
    for (; sent < due; sent += 1) datagrams.send(sshdLine(sent), service.syslogPort, "127.0.0.1");
    await setTimeout(1);
  }
  const lost = total + DATAGRAMS * seconds - (await service.saved(total + DATAGRAMS * seconds));
  datagrams.close();
  line(`by UDP, ${DATAGRAMS} a second for ${seconds} s`, `${lost} lost${lost === 0 ? "" : "  TOO MANY"}`);
  if (!isFast || lost > 0) process.exitCode = 1;
} finally {
  await service.stop();
}
