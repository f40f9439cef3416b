/**
 * Reads samples of every feed, changed at random, and lines that are made to break readers; prints each input that is not read as it
 * should be, as JSON, and ends with 1 when there is one.
 *
 * Run: `node --conditions=@mozdef/source packages/event-intake/fuzz/run.ts --count 1000000 [--seed 1] [--show 5]`.
 * Equal seeds and counts make equal inputs.
 */
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "1000000" },
    /** Findings after which it stops. */
    show: { type: "string", default: "5" },
  },
});

/** How often a long run reports its progress. */
const PROGRESS_SECONDS = 30;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const [seed, count, most] = [Number(values.seed), Number(values.count), Number(values.show)];
const start = performance.now();
const seconds = (): number => (performance.now() - start) / 1_000;
let next = PROGRESS_SECONDS;

const findings = fuzz({
  seed,
  count,
  most,
  onProgress: (done, found) => {
    if (seconds() < next) return;
    next = seconds() + PROGRESS_SECONDS;
    print(`${done} inputs, ${found} findings, ${Math.round(seconds())} s`);
  },
});
for (const { what, lines } of findings) print(`${what}\n${JSON.stringify(lines)}\n`);
print(`${count} inputs from seed ${seed}: ${findings.length} findings in ${seconds().toFixed(1)} s`);
process.exitCode = findings.length === 0 ? 0 : 1;
