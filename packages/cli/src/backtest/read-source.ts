import type { Source } from "@mozdef/alert";
import { asMozdef, nextSlot } from "@mozdef/alert/runtime";
import { CliError } from "../cli-error.ts";
import { ecsOption } from "../events/ecs-source.ts";
import { ARRIVAL_FIELDS, readDocuments, readEvents, receivedMs, type StoredEvent } from "../events/read-events.ts";
import { copyEvents } from "./copy-events.ts";
import type { EventSource } from "./event-source.ts";
import type { ReplayEntry } from "./replay.ts";

/** Events and the time to replay. */
export interface ReadSource {
  readonly events: readonly StoredEvent[];
  readonly from: Date;
  readonly to: Date;
}

/**
 * Reads the events of a backtest.
 *
 * @throws {CliError} `CLI_INPUT_INVALID` when there is none, `CLI_OPTION_INVALID` when a cluster is asked without times.
 */
export const readSource = async (
  { source, from, to }: { readonly source: EventSource; readonly from: string | null; readonly to: string | null },
  entries: readonly ReplayEntry[],
): Promise<ReadSource> => {
  if (source.url !== null) {
    if (from === null || to === null) throw new CliError("CLI_OPTION_INVALID", "--url needs --from and --to.");
    const range = { from: new Date(from), to: new Date(to) };
    return { events: shownAsMozdef(await copyEvents(source, entries, range), ecsOption(source.ecs)), ...range };
  }
  const ecs = ecsOption(source.ecs);
  const file = source.file ?? "";
  const events = ecs === null ? readEvents(file) : shownAsMozdef(readDocuments(file), ecs);
  const times = events.map((event) => receivedMs(event)).filter((ms) => !Number.isNaN(ms));
  if (times.length === 0)
    throw new CliError("CLI_INPUT_INVALID", `${source.file ?? ""} has no event with a ${ARRIVAL_FIELDS.join(" or ")}.`);
  const last = new Date(times.reduce((a, b) => Math.max(a, b)));
  return {
    events,
    from: from === null ? new Date(times.reduce((a, b) => Math.min(a, b))) : new Date(from),
    to: to === null ? slotAfter(entries, last) : new Date(to),
  };
};

/** Alerts over MozDef's names are run on them as they are. */
const shownAsMozdef = (events: readonly StoredEvent[], ecs: Source | null): readonly StoredEvent[] =>
  ecs === null ? events : events.map(({ id, source }) => ({ id, source: asMozdef(source, ecs.schema) }));

/** The last events are seen by the first slot after them. */
const slotAfter = (entries: readonly ReplayEntry[], last: Date): Date => {
  const slots = entries.flatMap(({ schedule }) => nextSlot(schedule, last) ?? []);
  return new Date(Math.max(last.getTime(), ...slots.map((slot) => slot.getTime())));
};
