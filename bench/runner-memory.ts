// Does the service take more and more memory? Runs it on the embedded store under a steady load, writes what it takes each ten seconds into a
// table, draws it, and says how fast it grows beside the events that it keeps.
//   pnpm bench runner-memory [--minutes 60] [--alerts 200] [--every 1] [--events 100] [--attacks 1.2] [--csv memory.csv] [--svg memory.svg] [--draw]
// `--every` is how many seconds are between the slots of an alert, `--events` how many there are in a second, and `--attacks` how many of those
// in a second are something to alert of. Somebody looks at the pages meanwhile. With `--draw` nothing is run: the table of an earlier run is drawn.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { drawMemory } from "./runner-memory/draw-memory.ts";
import { record } from "./runner-memory/record.ts";
import { sayTrend } from "./runner-memory/say-trend.ts";
import { samplesOf } from "./runner-memory/sample.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    alerts: { type: "string", default: "200" },
    every: { type: "string", default: "1" },
    events: { type: "string", default: "100" },
    attacks: { type: "string", default: "1.2" },
    csv: { type: "string", default: "memory.csv" },
    svg: { type: "string", default: "memory.svg" },
    draw: { type: "boolean", default: false },
  },
});
const { csv, svg, draw } = values;
const load = {
  alerts: Number(values.alerts),
  everySeconds: Number(values.every),
  perSecond: Number(values.events),
  alertsPerSecond: Number(values.attacks),
};

if (!draw) await record({ csv, ...load, minutes: Number(values.minutes) });
const samples = samplesOf(readFileSync(csv, "utf8"));
writeFileSync(svg, drawMemory(samples, load));
sayTrend(samples);
