import { nextSlot } from "@mozdef/alert/runtime";
import { createTestSite } from "@mozdef/alert-testing";
import { createAlertStore } from "@mozdef/alert-store";
import { CliError } from "../cli-error.ts";
import type { AlertSources } from "../events/alert-sources.ts";
import { alertServices } from "../events/alert-services.ts";
import { distinctPlaces, OWN, type Place, placesOfAlerts } from "../events/places.ts";
import { hasMozdefEvents, nearSources } from "../events/near-sources.ts";
import { readDocuments, readEvents, type ReadingOptions, receivedMs } from "../events/read-events.ts";
import { copyEvents } from "./copy-events.ts";
import { everyPlace } from "./every-place.ts";
import type { EventSource } from "./event-source.ts";
import { type Feed, schemaOf, timesOf } from "./feed.ts";
import type { ReplayEntry } from "./replay.ts";

/** Events and the time to replay. */
export interface ReadSource {
  readonly feeds: readonly Feed[];
  readonly from: Date;
  readonly to: Date;
}

interface Wanted {
  readonly source: EventSource;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Reads the events of a backtest: for each place where the alerts look, in the shape that they have there.
 *
 * @throws {CliError} `CLI_INPUT_INVALID` when there is none, `CLI_OPTION_INVALID` when a cluster is asked without times,
 * `CLI_SOURCE_UNKNOWN`.
 */
export const readSource = async (
  { source, from, to }: Wanted,
  entries: readonly ReplayEntry[],
  { sources, parsers }: ReadingOptions & { readonly sources: AlertSources },
): Promise<ReadSource> => {
  if (source.url !== null) {
    if (from === null || to === null) throw new CliError("CLI_OPTION_INVALID", "--url needs --from and --to.");
    const range = { from: new Date(from), to: new Date(to) };
    return { feeds: await copyEvents(source, entries, { ...range, sources }), ...range };
  }
  const file = source.file ?? "";
  const places = await placesIn(source, entries, sources);
  const feeds = feedsOf(file, places, { ...sources, parsers });
  const [first, last] = spanOf(file, feeds);
  return {
    feeds,
    from: from === null ? first : new Date(from),
    to: to === null ? slotAfter(entries, new Date(last.getTime() + delayOf(feeds))) : new Date(to),
  };
};

/** Where the alerts look, as they say without any event. */
const placesIn = async (
  { allEvents }: EventSource,
  entries: readonly ReplayEntry[],
  all: AlertSources,
): Promise<readonly Place[]> => {
  const sources = { ...all, sources: nearSources(all.sources) };
  const site = await createTestSite({ elasticsearch: "", sources: sources.sources });
  try {
    const store = createAlertStore({ client: site.client });
    const services = alertServices({ err: () => undefined });
    const places = await placesOfAlerts(entries, { ...services, store, sources, times: [new Date(site.now)] });
    return allEvents ? distinctPlaces([...places, ...everyPlace(entries, sources)]) : places;
  } finally {
    await site.close();
  }
};

/** The events of a file stand for those of every place where the alerts look. */
const feedsOf = (
  file: string,
  places: readonly Place[],
  { sources, parsers }: AlertSources & ReadingOptions,
): readonly Feed[] =>
  (places.length === 0 ? [OWN] : places).map((place): Feed => {
    const source = place.name === null ? null : (sources[place.name] ?? null);
    const isMozdef = source === null || hasMozdefEvents(source);
    return { place, source, events: isMozdef ? readEvents(file, { parsers }) : readDocuments(file) };
  });

/** When the first and the last event were received. */
const spanOf = (file: string, feeds: readonly Feed[]): readonly [first: Date, last: Date] => {
  const times = feeds
    .flatMap((feed) => feed.events.map((event) => receivedMs(event, schemaOf(feed))))
    .filter((ms) => !Number.isNaN(ms));
  const limits = [times.reduce((a, b) => Math.min(a, b), Infinity), times.reduce((a, b) => Math.max(a, b), -Infinity)];
  const [first = 0, last = 0] = limits;
  if (times.length > 0) return [new Date(first), new Date(last)];
  const fields = [...new Set(feeds.flatMap(timesOf))];
  throw new CliError("CLI_INPUT_INVALID", `${file} has no event with a ${fields.join(" or ")}.`);
};

/** How much later the events of a source are looked at. */
const delayOf = (feeds: readonly Feed[]): number => Math.max(0, ...feeds.map(({ source }) => source?.delayMs ?? 0));

/** The last events are seen by the first slot after them. */
const slotAfter = (entries: readonly ReplayEntry[], last: Date): Date => {
  const slots = entries.flatMap(({ schedule }) => nextSlot(schedule, last) ?? []);
  return new Date(Math.max(last.getTime(), ...slots.map((slot) => slot.getTime())));
};
