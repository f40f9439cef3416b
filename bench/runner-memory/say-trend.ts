import { line, percentile, seconds } from "../runner/figures.ts";
import { besideStore, type Sample } from "./sample.ts";

const MIB = 1_048_576;

/** What may grow in an hour that is no document, as a part of what there is: what the allocator keeps varies by some percent. */
const FLAT = 0.1;

/** Says how fast memory grows over the last two thirds, when the service is warm, and whether that is more than its documents. */
export const sayTrend = (samples: readonly Sample[]): void => {
  const warm = samples.slice(Math.floor(samples.length / 3));
  const [first, last] = [warm[0], warm.at(-1)];
  if (first === undefined || last === undefined || warm.length < 3) throw new Error("Too short to say anything.");
  const minutes = ((last.seconds - first.seconds) / 60).toFixed(0);
  const say = (what: string, bytes: (sample: Sample) => number): Trend => {
    const trend = trendOf(warm, bytes);
    line(what, `${trend.perHour.toFixed(1).padStart(7)} MiB an hour (${trend.mean.toFixed(0)} MiB on average)`);
    return trend;
  };
  console.log(`By least squares over the last ${minutes} minutes:`);
  say("service, resident", ({ residentBytes }) => residentBytes);
  say("store: events not on disk alone", ({ storeEventsBytes }) => storeEventsBytes);
  say("store: read from disk, and others", ({ storeOthersBytes }) => storeOthersBytes);
  const rest = say("service without its store", besideStore);
  say("service, heap in use", ({ heapBytes }) => heapBytes);
  const child = say("process of the alerts, resident", ({ alertProcessBytes }) => alertProcessBytes);
  say("process of the alerts, heap", ({ alertProcessHeapBytes }) => alertProcessHeapBytes);

  line("events saved", String(last.eventsSaved - first.eventsSaved));
  sayTimes("from an event to its alert", warm, ({ latencyP50Ms, latencyLongestMs }) => [
    latencyP50Ms,
    latencyLongestMs,
  ]);
  sayTimes("answers to pages", warm, ({ pageP50Ms, pageLongestMs }) => [pageP50Ms, pageLongestMs]);
  const isFlat = [rest, child].every(({ perHour, mean }) => perHour <= FLAT * mean);
  line("flat beside its store", isFlat ? `yes: by less than ${FLAT * 100} % an hour` : "NO");
  if (!isFlat) process.exitCode = 1;
};

/** The median of medians, and the longest of all. */
const sayTimes = (
  what: string,
  samples: readonly Sample[],
  timesOf: (sample: Sample) => readonly [p50: number, longest: number],
): void => {
  const times = samples.map(timesOf).filter(([p50]) => Number.isFinite(p50));
  const medians = times.map(([p50]) => p50).sort((a, b) => a - b);
  const longest = Math.max(0, ...times.map(([, most]) => most));
  line(what, `median ${seconds(percentile(medians, 0.5))}, longest ${seconds(longest)}`);
};

interface Trend {
  /** MiB. */
  readonly perHour: number;
  /** MiB. */
  readonly mean: number;
}

const trendOf = (samples: readonly Sample[], bytes: (sample: Sample) => number): Trend => {
  const values = samples.map((sample) => bytes(sample) / MIB);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, perHour: slopeOf(samples.map(({ seconds: at }, index) => [at / 3_600, values[index] ?? 0])) };
};

/** Of the line that lies closest to the points. */
const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [meanOf(points.map(([x]) => x)), meanOf(points.map(([, y]) => y))];
  const products = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const squares = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return products / squares;
};
