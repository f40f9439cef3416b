import type { Client } from "@elastic/elasticsearch";
import { fill, INDEX, milliseconds, percentile, timesOf } from "./measure.ts";
import { alertQuery, kinds, quietAlert, termQuery } from "./questions.ts";

/** What was measured: a time, or how much in a time. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "events/s";
}

export const show = ({ unit }: Figure, value: number): string =>
  unit === "ms" ? milliseconds(value) : `${Math.round(value)} events/s`;

/** How many times as fast as another the owner of the figure is. */
export const ratioTo = ({ unit, value }: Figure, other: number): number =>
  unit === "ms" ? other / value : value / other;

/** What is asked of a store of each size. */
interface Task {
  /** Ask one question of each kind, too. */
  readonly everyKind: boolean;
  /** Called when the store has all events. */
  afterFill(): Promise<void>;
}

/** Fills a store and asks it everything. */
export const figuresOf = async (client: Client, events: number, task: Task): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  const time = (name: string, value: number): void => void figures.push({ name, value, unit: "ms" });
  const ask = (body: object): Promise<unknown> => client.search({ index: INDEX, request_cache: false, ...body });
  const median = async (name: string, calls: number, question: (number: number) => object): Promise<void> =>
    time(name, percentile(await timesOf(calls, question, ask), 0.5));
  const intake = await fill(client, events);
  figures.push({ name: "intake, durable, batches of 2,000", value: intake, unit: "events/s" });
  await task.afterFill();
  const windowed = await timesOf(400, alertQuery, ask);
  time("alert query, 2 minutes of time, p50", percentile(windowed, 0.5));
  time("alert query, 2 minutes of time, p99", percentile(windowed, 0.99));
  await median("quiet alert query, p50", 400, quietAlert);
  await median("term query without a window, p50", 50, () => termQuery);
  const searches = Array.from({ length: 1000 }, (_, number) => [{ index: INDEX }, quietAlert(number)]).flat();
  const many = await timesOf(
    10,
    () => searches,
    () => client.msearch({ searches }),
  );
  time("1,000 quiet alerts in one request, p50", percentile(many, 0.5));
  if (task.everyKind) for (const [name, body] of Object.entries(kinds)) await median(name, 20, () => body);
  return figures;
};
