import { type Client } from "@elastic/elasticsearch";
import { fill, index, milliseconds, percentile, timesOf } from "./measure.ts";
import { alertQuery, kinds, quietAlert, termQuery } from "./questions.ts";

/** What was measured, and how it is read. */
export interface Figure {
  readonly value: number;
  show(value: number): string;
  timesAsFast(own: number, other: number): number;
}

export type Figures = ReadonlyMap<string, Figure>;

const time = (value: number): Figure => ({ value, show: milliseconds, timesAsFast: (own, other) => other / own });
const rate = (value: number): Figure => ({
  value,
  show: (perSecond) => `${Math.round(perSecond)} events/s`,
  timesAsFast: (own, other) => own / other,
});

const search = (client: Client, body: object): Promise<unknown> =>
  client.search({ index, request_cache: false, ...body });

/** What is asked of a store of each size. */
interface Task {
  /** Ask one question of each kind, too. */
  readonly everyKind: boolean;
  /** Called when the store has all events. */
  afterFill(): Promise<void>;
}

/** Fills a store and asks it everything. */
export async function figuresOf(client: Client, events: number, { everyKind, afterFill }: Task): Promise<Figures> {
  const figures = new Map<string, Figure>();
  figures.set("intake, durable, batches of 2,000", rate(await fill(client, events)));
  await afterFill();
  const windowed = await timesOf(400, (slot) => search(client, alertQuery(slot)));
  figures.set("alert query, 2 minutes of time, p50", time(percentile(windowed, 0.5)));
  figures.set("alert query, 2 minutes of time, p99", time(percentile(windowed, 0.99)));
  const median = async (name: string, calls: number, call: (number: number) => Promise<unknown>): Promise<void> =>
    void figures.set(name, time(percentile(await timesOf(calls, call), 0.5)));
  await median("quiet alert query, p50", 400, (number) => search(client, quietAlert(number)));
  await median("term query without a window, p50", 50, () => search(client, termQuery));
  const searches = Array.from({ length: 1000 }, (_, number) => [{ index }, quietAlert(number)]).flat();
  await median("1,000 quiet alerts in one request, p50", 10, () => client.msearch({ searches }));
  if (everyKind) {
    for (const [name, body] of Object.entries(kinds)) await median(name, 20, () => search(client, body));
  }
  return figures;
}
