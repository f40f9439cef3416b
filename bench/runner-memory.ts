// Does the service take more and more memory? Runs it on the embedded store under a steady load, writes what it takes each ten seconds into a
// table, draws it, and says how fast it grows beside the events that it keeps.
//   pnpm bench runner-memory [--minutes 60] [--alerts 200] [--events 100] [--csv memory.csv] [--svg memory.svg] [--draw]
// `--events` is how many in a second. With `--draw` nothing is run: the table of an earlier run is drawn.
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
    events: { type: "string", default: "100" },
    csv: { type: "string", default: "memory.csv" },
    svg: { type: "string", default: "memory.svg" },
    draw: { type: "boolean", default: false },
  },
});
const { csv, svg, draw } = values;
const load = { alerts: Number(values.alerts), perSecond: Number(values.events) };

if (!draw) await record({ csv, ...load, minutes: Number(values.minutes) });
const samples = samplesOf(readFileSync(csv, "utf8"));
writeFileSync(svg, drawMemory(samples, load));
sayTrend(samples);
