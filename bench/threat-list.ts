// How much memory does a threat list of a million entries take, and how long a look-up? The peer is what one would write by hand: a `Set` of
// texts. `pnpm bench threat-list [--entries 1000000]`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { alertDocument } from "@mozdef/alert/runtime";
import { threatList } from "@mozdef/alert-plugins/threat-list";

const { values } = parseArgs({ options: { entries: { type: "string", default: "1000000" } } });
const total = Number(values.entries);
const LOOKUPS = 4_000;

/** Always the same, and no two alike. */
const ENTRIES = {
  addresses: (n: number) => `${10 + ((n >> 24) & 63)}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
  domains: (n: number) => `host-${n.toString(36)}.bad-${(n * 7_919) % 100_003}.example.net`,
  hashes: (n: number) => n.toString(16).padStart(8, "0").repeat(8),
};

const linesOf = (entryOf: (n: number) => string): string =>
  Array.from({ length: total }, (_, n) => entryOf(n)).join("\n");

const silent = () => undefined;
const services = { now: new Date(0), log: { debug: silent, info: silent, warn: silent, error: silent }, fetch };
const context = {
  ...services,
  report: silent,
  signal: new AbortController().signal,
  dns: { reverse: () => Promise.resolve(null) },
  search: () => Promise.reject(new Error("not here")),
  count: () => Promise.reject(new Error("not here")),
  state: { get: () => Promise.resolve(null), find: () => Promise.resolve([]), put: silent },
};

const usedMb = async (): Promise<number> => {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    (globalThis as { gc?: () => void }).gc?.();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1_048_576;
};

/** Time of the processor: others may use the machine, too. */
const busyMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** What something takes to make, and to keep. */
const measured = async <T>(make: () => T | Promise<T>) => {
  const before = await usedMb();
  const started = busyMs();
  const result = await make();
  const ms = busyMs() - started;
  return { result, ms, mb: (await usedMb()) - before };
};

/** The memory of a `Set`, which is forgotten afterwards. */
const setMb = async (entryOf: (n: number) => string): Promise<number> => {
  const { result, mb } = await measured(() => new Set(Array.from({ length: total }, (_, n) => entryOf(n))));
  if (result.size !== total) throw new Error("two entries are alike");
  return mb;
};

const folder = mkdtempSync(path.join(tmpdir(), "mozdef-bench-"));
try {
  for (const [kind, entryOf] of Object.entries(ENTRIES)) {
    const file = path.join(folder, kind);
    writeFileSync(file, linesOf(entryOf));

    const peerMb = await setMb(entryOf);
    const plugin = threatList({ lists: { bench: { file, maxEntries: total, maxBytes: 256 * 1_024 * 1_024 } } });
    const { ms, mb } = await measured(() => plugin.prepare?.(services));

    // Half of them are listed. One alert, so that what is measured is the look-up, with all that finding the words in a text takes.
    const asked = Array.from({ length: LOOKUPS }, (_, n) => entryOf(n % 2 === 0 ? (n * 37) % total : total + n));
    const alert = alertDocument(
      { summary: "s", category: "c", tags: [], details: { asked } },
      { now: new Date(0), classname: "Bench", events: [] },
    );
    const rounds: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const from = busyMs();
      await plugin.onMessage(alert, context);
      rounds.push(((busyMs() - from) * 1_000) / LOOKUPS);
    }
    const median = rounds.sort((a, b) => a - b)[3] ?? Number.NaN;
    console.log(
      `${total} ${kind}: ${mb.toFixed(1)} MB (${(mb / peerMb).toFixed(2)} of a Set, ${peerMb.toFixed(1)} MB), read in ${ms.toFixed(0)} ms, ${median.toFixed(2)} µs per look-up`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
