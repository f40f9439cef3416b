// How fast are events read, and how fast do they come in by syslog: lines a second, from text to event, and from a socket into an
// embedded store on disk? Budget: 15,000 lines a second by TCP, and 5,000 a second by UDP without a loss.
//   pnpm bench event-intake [--lines 150000] [--seconds 10]
// The lines are sent by a process of its own, and what the service says it has saved is looked for in its store afterwards.
// The ratio is to JSON.parse and JSON.stringify of the event that comes out, which is the least that anybody has to do.
import { LogReader, type ReadEvent } from "@mozdef/event-intake";
import { fork } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { INPUTS } from "./event-intake/inputs.ts";
import type { Sending } from "./event-intake/sender.ts";
import { startService } from "./event-intake/service.ts";

const { values } = parseArgs({
  options: { lines: { type: "string", default: "150000" }, seconds: { type: "string", default: "10" } },
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

/** Lines before the timed ones: a service is warm. */
const WARM_UP = 40_000;

const sender = fork(new URL("./event-intake/sender.ts", import.meta.url));
const heard = async (word: string): Promise<void> => {
  for (;;) {
    const [said] = (await once(sender, "message")) as readonly unknown[];
    if (said === word) return;
  }
};

/** @returns when the first line was sent. */
const send = async (sending: Omit<Sending, "port" | "aSecond">): Promise<number> => {
  sender.send({ ...sending, port: service.syslogPort, aSecond: DATAGRAMS });
  await heard("begins");
  const start = performance.now();
  if (sending.kind === "udp") await heard("sent");
  return start;
};

const service = await startService();
try {
  await send({ kind: "tcp", from: 0, count: WARM_UP });
  await service.saved(WARM_UP);
  const start = await send({ kind: "tcp", from: WARM_UP, count: total });
  const byTcp = (await service.saved(WARM_UP + total)) - WARM_UP;
  const ms = performance.now() - start;
  const isFast = byTcp === total && (total / ms) * 1_000 >= BUDGET;
  line("by TCP into a store on disk", `${rate(byTcp, ms)} (at least ${BUDGET})${isFast ? "" : "  TOO SLOW"}`);

  const before = WARM_UP + byTcp;
  await send({ kind: "udp", from: before, count: DATAGRAMS * seconds });
  const saved = await service.saved(before + DATAGRAMS * seconds);
  const lost = before + DATAGRAMS * seconds - saved;
  line(`by UDP, ${DATAGRAMS} a second for ${seconds} s`, `${lost} lost${lost === 0 ? "" : "  TOO MANY"}`);
  const found = await service.stop();
  line("found in the store afterwards", `${found} of ${saved}${found === saved ? "" : "  WRONG"}`);
  if (!isFast || lost > 0 || found !== saved) process.exitCode = 1;
} finally {
  sender.kill();
}
