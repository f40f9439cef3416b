import { type Client, errors } from "@elastic/elasticsearch";
import { fill, INDEX, milliseconds, percentile, timesOf } from "./measure.ts";
import { alertQuery, kinds, quietAlert, termQuery } from "./questions.ts";

/** What was measured: a time, how much in a time, or how much is taken. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "events/s" | "bytes";
}

/** Bytes of the unit that sizes are shown in. */
const MIB = 2 ** 20;

export const show = ({ unit }: Pick<Figure, "unit">, value: number): string => {
  if (unit === "ms") return milliseconds(value);
  if (unit === "bytes") return `${Math.round(value / MIB).toLocaleString("en")} MiB`;
  return `${Math.round(value).toLocaleString("en")} events/s`;
};

export const line = (name: string, text: string): void => console.log(`${name.padEnd(52)} ${text}`);

/** How many times as fast as another the owner of the figure is; undefined when it is no figure of speed. */
export const ratioTo = ({ unit, value }: Figure, other: number): number | undefined => {
  if (unit === "bytes") return undefined;
  return unit === "ms" ? other / value : value / other;
};

/** The middle and the longest of some ascending times. */
export const timesAs = (name: string, times: readonly number[]): readonly Figure[] => [
  { name: `${name}, p50`, value: percentile(times, 0.5), unit: "ms" },
  { name: `${name}, longest`, value: times.at(-1) ?? Number.NaN, unit: "ms" },
];

/** What is asked of a store of each size. */
interface Task {
  /** Ask one question of each kind, too. */
  readonly everyKind: boolean;
  /** Is the store in this process, whose processor time is measured? */
  readonly isInProcess: boolean;
  /** Called when the store has all events. */
  afterFill(): Promise<void>;
}

/** Fills a store and asks it everything. */
export const figuresOf = async (client: Client, events: number, task: Task): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  const ask = (body: object): Promise<unknown> => client.search({ index: INDEX, request_cache: false, ...body });
  const { perSecond, perCpuSecond } = await fill(client, events);
  figures.push({ name: "intake, durable, batches of 2,000", value: perSecond, unit: "events/s" });
  if (task.isInProcess)
    figures.push({ name: "the same, by the processor time of the process", value: perCpuSecond, unit: "events/s" });
  await task.afterFill();
  const windowed = await timesOf(400, alertQuery, ask);
  figures.push(...timesAs("alert query, 2 minutes of time", windowed));
  figures.push({ name: "alert query, 2 minutes of time, p99", value: percentile(windowed, 0.99), unit: "ms" });
  figures.push(...timesAs("quiet alert query", await timesOf(400, quietAlert, ask)));
  figures.push(...timesAs("term query without a window", await timesOf(50, () => termQuery, ask)));
  const searches = Array.from({ length: 1000 }, (_, number) => [{ index: INDEX }, quietAlert(number)]).flat();
  const many = await timesOf(
    10,
    () => searches,
    () => client.msearch({ searches }),
  );
  figures.push(...timesAs("1,000 quiet alerts in one request", many));
  if (!task.everyKind) return figures;
  for (const [name, body] of Object.entries(kinds))
    if (task.isInProcess || (await answers(ask, body)))
      figures.push({ name, value: percentile(await timesOf(20, () => body, ask), 0.5), unit: "ms" });
  return figures;
};

/** A server that is built from its sources has no `multi_terms`. */
const answers = async (ask: (body: object) => Promise<unknown>, body: object): Promise<boolean> => {
  try {
    await ask(body);
    return true;
  } catch (error) {
    if (error instanceof errors.ResponseError && error.message.includes("unknown field [")) return false;
    throw error;
  }
};
