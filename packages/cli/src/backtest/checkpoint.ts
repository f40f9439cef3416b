import { messageOf } from "@mozdef/alert";
import type { AlertStore } from "@mozdef/alert-store";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { CliError } from "../cli-error.ts";
import { everyHit, type StoredDocument } from "../events/every-hit.ts";
import type { ReplayedAlert, ReplayError } from "./replayed-alert.ts";

/** What alerts have left on an event. */
interface Marks {
  readonly alerts: unknown;
  readonly alert_names: unknown;
}

/** A backtest as it stood at the end of a day: enough to go on from there. */
export interface Checkpoint {
  /** Says which backtest it belongs to: another one starts from the beginning. */
  readonly key: string;
  /** The last slot that was run. */
  readonly slot: string;
  /** How many slots were run. */
  readonly slots: number;
  readonly alerts: readonly ReplayedAlert[];
  readonly errors: readonly ReplayError[];
  readonly marks: Readonly<Record<string, Marks>>;
  /** Documents that alerts keep between runs. */
  readonly kept: readonly StoredDocument[];
}

/**
 * The checkpoint of an interrupted backtest; null without one.
 *
 * @throws {CliError} `CLI_INPUT_INVALID` when the file belongs to another backtest, or is not a checkpoint.
 */
export const readCheckpoint = (file: string, key: string): Checkpoint | null => {
  if (!existsSync(file)) return null;
  const checkpoint = parsed(file);
  if (checkpoint.key === key) return checkpoint;
  throw new CliError(
    "CLI_INPUT_INVALID",
    `${file} belongs to another backtest (other events, alerts, code, times or --jobs). Delete it, or name another file with --resume.`,
  );
};

const parsed = (file: string): Checkpoint => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
  } catch (cause) {
    throw new CliError("CLI_INPUT_INVALID", `${file} is not a checkpoint of a backtest: ${messageOf(cause)}`, {
      cause,
    });
  }
};

/** Written beside and moved into place, so that a broken write leaves the last one. */
export const writeCheckpoint = (file: string, checkpoint: Checkpoint): void => {
  writeFileSync(`${file}.new`, JSON.stringify(checkpoint));
  renameSync(`${file}.new`, file);
};

/** The address of an event, as in {@link Checkpoint.marks}. */
export const addressOf = (index: string, id: string): string => `${index}/${id}`;

const MARKED = { query: { exists: { field: "alert_names" } }, sortBy: mozdefSchema.time[0] };
const ANY = { query: { match_all: {} }, sortBy: mozdefSchema.time[0] };

/**
 * What a checkpoint has to remember of a store.
 *
 * @param feeds - Indices with events of sources, which are brought in again.
 */
export const contentsOf = async (
  store: AlertStore,
  feeds: ReadonlySet<string>,
): Promise<Pick<Checkpoint, "marks" | "kept">> => {
  const marks: Record<string, Marks> = {};
  for (const hit of await everyHit(store, ["events-*"], MARKED)) {
    const { alerts, alert_names } = hit.source;
    marks[addressOf(hit.index, hit.id)] = { alerts, alert_names };
  }
  const names = Object.keys(await store.client.indices.get({ index: "*" }));
  const indices = names.filter((name) => !SERVICE.test(name) && !feeds.has(name));
  const kept: StoredDocument[] = [];
  for (const index of indices) kept.push(...(await everyHit(store, [index], ANY)));
  return { marks, kept };
};

/** Indices with documents that are not what alerts keep. */
const SERVICE = /^(?:events|alerts|deliveries|runs)-/;
