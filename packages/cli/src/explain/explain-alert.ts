import type { Source } from "@mozdef/alert";
import { explain, type Explanation, printExplanation, type Scope } from "@mozdef/alert-explain";
import { openContext } from "@mozdef/alert-engine";
import { type AlertStore, createAlertStore } from "@mozdef/alert-store";
import { createTestSite, type SavedDocument, type TestSite } from "@mozdef/alert-testing";
import type { EventSchema, FieldKinds } from "@mozdef/query";
import { resolve } from "node:path";
import { styleText } from "node:util";
import { CliError } from "../cli-error.ts";
import { connect } from "../events/connect.ts";
import { readDocuments, readEvents, receivedMs, type StoredEvent } from "../events/read-events.ts";
import { alertServices } from "../events/alert-services.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findAlert } from "../packs/find-target.ts";
import { taskOf } from "../packs/runnable.ts";
import { choiceOf, ECS, ecsOption } from "../events/ecs-source.ts";
import { parseConfig, parseTime } from "../parse-options.ts";
import type { Terminal } from "../terminal.ts";

/** Options as commander gives them. */
export interface ExplainOptions {
  readonly event?: string;
  readonly events?: string;
  readonly url?: string;
  readonly prefix?: string;
  /** `index/id` of an event of the cluster. */
  readonly id?: string;
  /** Indices with events in ECS; true for the usual ones. */
  readonly ecs?: string | boolean;
  readonly group?: string;
  readonly at?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Says why an alert fires or stays silent. */
export const explainAlert = async (name: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> => {
  const { pack, alert } = await findAlert(name, terminal.cwd);
  const entry = pack.runnables.byName.get(alert);
  if (entry === undefined) throw new CliError("CLI_TARGET_UNKNOWN", `There is no alert ${alert} in ${pack.name}.`);
  const task = taskOf(alert, entry, parseConfig(options.config, terminal.cwd));
  const source = ecsOption(options.ecs);
  const choice = choiceOf(source);
  const place = await openPlace(options, { fields: pack.pack.fields, source }, terminal);
  try {
    const signal = new AbortController().signal;
    const { context } = openContext(place.store, alertServices(terminal), {
      task: alert,
      choice,
      now: place.now,
      signal,
    });
    const explanation = await explain(place.store, task, { context, choice, event: place.event, group: options.group });
    terminal.out(options.json === true ? JSON.stringify(explanation, null, 2) : printed(explanation, terminal));
    return EXIT.ok;
  } finally {
    await place.close();
  }
};

const printed = (explanation: Explanation, { hasColours }: Terminal): string =>
  printExplanation(
    explanation,
    hasColours ? { pass: styleText("green", "PASS"), fail: styleText("red", "FAIL") } : undefined,
  );

/** Where the events are, and when the alert looks at them. */
interface Place {
  readonly store: AlertStore;
  readonly now: Date;
  readonly event: Scope["event"];
  readonly close: () => Promise<void>;
}

/** What the events look like. */
interface Shape {
  /** Fields that the pack declares. */
  readonly fields: FieldKinds;
  /** Null for MozDef's own events. */
  readonly source: Source | null;
}

const openPlace = (options: ExplainOptions, shape: Shape, terminal: Terminal): Promise<Place> => {
  const sources = [options.event, options.events, options.url].filter((source) => source !== undefined);
  if (sources.length !== 1)
    throw new CliError(
      "CLI_OPTION_INVALID",
      "Say where the events are: one of --event <file>, --events <file>, --url <elasticsearch>.",
    );
  if (options.url !== undefined) return Promise.resolve(clusterPlace(options.url, options));
  const file = options.event ?? options.events ?? "";
  const path = resolve(terminal.cwd, file);
  const events = shape.source === null ? readEvents(path) : readDocuments(path);
  return filePlace(events, file, { ...options, ...shape });
};

const clusterPlace = (url: string, { prefix, id, at }: ExplainOptions): Place => {
  const store = connect({ url, prefix });
  const now = at === undefined ? new Date() : parseTime("--at", at);
  return { store, now, event: id === undefined ? undefined : addressOf(id), close: () => store.client.close() };
};

const addressOf = (text: string): NonNullable<Scope["event"]> => {
  const [, index = "", id = ""] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
  if (id !== "") return { _index: index, _id: id };
  throw new CliError("CLI_OPTION_INVALID", `--id needs index/id, such as events-20170101/AbC. Received: ${text}.`);
};

type FileOptions = ExplainOptions & Shape;

/** Events of a file in a store of their own, seen at the time of the latest one unless told otherwise. */
const filePlace = async (events: readonly StoredEvent[], file: string, options: FileOptions): Promise<Place> => {
  if (options.event !== undefined && events.length !== 1)
    throw new CliError(
      "CLI_INPUT_INVALID",
      `--event needs a file with one event, ${file} has ${events.length}. Use --events for many.`,
    );
  const { source, fields } = options;
  const now = options.at === undefined ? latestOf(events, source?.schema) : parseTime("--at", options.at);
  const sources = source === null ? {} : { [ECS]: source };
  const site = await createTestSite({ now: now.toISOString(), elasticsearch: "", fields, sources });
  const saved = await savedIn(site, source, events);
  await site.refresh();
  const event = options.event === undefined ? undefined : saved[0];
  return { store: createAlertStore({ client: site.client }), now, event, close: () => site.close() };
};

const savedIn = async (
  site: TestSite,
  source: Source | null,
  events: readonly StoredEvent[],
): Promise<readonly SavedDocument[]> => {
  if (source === null) return site.saveEvents(events.map((event) => event.source));
  const index = source.indices[0]?.replaceAll("*", "file") ?? ECS;
  const saved: SavedDocument[] = [];
  for (const event of events) saved.push(await site.saveDocument(index, event.source));
  return saved;
};

const latestOf = (events: readonly StoredEvent[], schema?: EventSchema): Date => {
  const times = events.map((event) => receivedMs(event, schema)).filter((ms) => !Number.isNaN(ms));
  return times.length === 0 ? new Date() : new Date(times.reduce((latest, ms) => Math.max(latest, ms)));
};
