import type { Source } from "@mozdef/alert";
import type { Sources } from "@mozdef/alert/runtime";
import { createAlertStore } from "@mozdef/alert-store";
import { createTestSite, type SavedDocument, type TestSite } from "@mozdef/alert-testing";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { CliError } from "../cli-error.ts";
import { alertServices } from "../events/alert-services.ts";
import { hasMozdefEvents, nearSources } from "../events/near-sources.ts";
import { OWN, type Place, placesOfAlerts } from "../events/places.ts";
import { readDocuments, readEvents, type ReadingOptions, receivedMs, type StoredEvent } from "../events/read-events.ts";
import { parseTime } from "../parse-options.ts";
import type { ExplainOptions } from "./explain-options.ts";
import type { LookingAlert, OpenPlace } from "./place.ts";

/**
 * Events of a file in a store of their own, at every place where the alert looks, seen at the time of the latest one unless told
 * otherwise.
 */
export const filePlace = async (file: string, options: ExplainOptions, alert: LookingAlert): Promise<OpenPlace> => {
  const sources = nearSources(alert.sources.sources);
  const parts = (await placesIn(sources, alert)).map((place) =>
    partOf(file, place, { sources, parsers: alert.parsers }),
  );
  checkCount(parts, file, options);
  const now = options.at === undefined ? latestOf(parts) : parseTime("--at", options.at);
  const site = await createTestSite({ now: now.toISOString(), elasticsearch: "", fields: alert.fields, sources });
  const saved = new Map<string | null, SavedDocument | undefined>();
  for (const part of parts) saved.set(part.place.name, (await savedIn(site, part))[0]);
  await site.refresh();
  const event: OpenPlace["event"] = options.event === undefined ? undefined : ({ name }) => saved.get(name);
  return { store: createAlertStore({ client: site.client }), sources, now, event, close: () => site.close() };
};

/** Events of a file as they are at one place. */
interface Part {
  readonly place: Place;
  /** Null: the service's own events. */
  readonly source: Source | null;
  readonly events: readonly StoredEvent[];
}

interface PartOptions extends ReadingOptions {
  readonly sources: Sources;
}

const placesIn = async (sources: Sources, alert: LookingAlert): Promise<readonly Place[]> => {
  const site = await createTestSite({ elasticsearch: "", sources });
  try {
    const services = alertServices({ err: () => undefined });
    const store = createAlertStore({ client: site.client });
    const scope = { ...services, store, sources: { ...alert.sources, sources }, times: [new Date(site.now)] };
    const places = await placesOfAlerts([alert], scope);
    return places.length === 0 ? [OWN] : places;
  } finally {
    await site.close();
  }
};

const partOf = (file: string, place: Place, { sources, parsers }: PartOptions): Part => {
  const source = place.name === null ? null : (sources[place.name] ?? null);
  const isMozdef = source === null || hasMozdefEvents(source);
  return { place, source, events: isMozdef ? readEvents(file, { parsers }) : readDocuments(file) };
};

const checkCount = (parts: readonly Part[], file: string, { event }: ExplainOptions): void => {
  const wrong = parts.map(({ events }) => events.length).find((count) => count !== 1);
  if (event === undefined || wrong === undefined) return;
  throw new CliError(
    "CLI_INPUT_INVALID",
    `--event needs a file with one event, ${file} has ${wrong}. Use --events for many.`,
  );
};

const latestOf = (parts: readonly Part[]): Date => {
  const times = parts
    .flatMap(({ source, events }) => events.map((event) => receivedMs(event, source?.schema ?? mozdefSchema)))
    .filter((ms) => !Number.isNaN(ms));
  return times.length === 0 ? new Date() : new Date(times.reduce((latest, ms) => Math.max(latest, ms)));
};

const savedIn = async (site: TestSite, { place, source, events }: Part): Promise<readonly SavedDocument[]> => {
  if (source === null) return site.saveEvents(events.map((event) => event.source));
  const index = (place.indices[0] ?? "source").replaceAll("*", "file");
  const saved: SavedDocument[] = [];
  for (const event of events) saved.push(await site.saveDocument(index, event.source));
  return saved;
};
