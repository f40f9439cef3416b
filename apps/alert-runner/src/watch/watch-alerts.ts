import { type LoadFailure, placeInCode } from "@mozdef/alert-engine";
import { messageOf } from "@mozdef/alert";
import type { FastifyBaseLogger } from "fastify";
import { relative } from "node:path";
import type { LoadedAlerts } from "../packs/load-alerts.ts";
import type { Service } from "../service/create-service.ts";
import type { OwnModules } from "./own-modules.ts";
import type { FolderWatch, WatchFolders } from "./watch-folders.ts";

export interface WatchAlertsOptions {
  readonly modules: OwnModules;
  readonly watch: WatchFolders;
  /** Loads configuration and packs as they are now. */
  readonly load: () => Promise<LoadedAlerts>;
  readonly service: Pick<Service, "takeOver">;
  /** What runs now. */
  readonly loaded: LoadedAlerts;
  /** The configuration; null when there is none. */
  readonly file: string | null;
  readonly log: Pick<FastifyBaseLogger, "info" | "warn" | "error">;
}

/** The watching of sources. */
export interface AlertWatch {
  /** Resolves when all that has changed until now is taken over, or refused. */
  readonly settled: () => Promise<void>;
  readonly close: () => void;
}

/**
 * Gives the service new versions of its alerts as soon as their sources change. A version with something that cannot be loaded
 * and could be before is refused as a whole: the one before runs on.
 */
export const watchAlerts = (options: WatchAlertsOptions): AlertWatch => {
  const { modules, watch, log } = options;
  let current = options.loaded;
  let changed: readonly string[] = [];
  let running: Promise<void> | null = null;
  let watching: FolderWatch | undefined;
  let watched = "";

  const follow = (): void => {
    const folders = modules.folders();
    const key = JSON.stringify(folders);
    if (key === watched) return;
    watching?.close();
    watching = watch(folders, onChange);
    watched = key;
  };
  const takeAll = async (): Promise<void> => {
    while (changed.length > 0) {
      const files = changed;
      changed = [];
      const next = await takeVersion(options, current, files);
      if (next !== null) current = next;
      // What was added may lie elsewhere.
      follow();
    }
    running = null;
  };
  const onChange = (files: readonly string[]): void => {
    changed = [...changed, ...files];
    running ??= takeAll();
  };
  follow();
  log.info(`watching ${modules.folders().length} folders with sources of alerts`);
  return {
    settled: () => running ?? Promise.resolve(),
    close: () => watching?.close(),
  };
};

/** @returns what runs from now on; null when the version was refused. */
const takeVersion = async (
  { modules, load, service, file, log }: WatchAlertsOptions,
  current: LoadedAlerts,
  files: readonly string[],
): Promise<LoadedAlerts | null> => {
  const started = performance.now();
  try {
    modules.renew();
    const next = await load();
    const problems = newProblems(current.registry.failures, next.registry.failures);
    for (const { message, ...problem } of problems) log.error(problem, `not taken over: ${message}`);
    if (problems.length > 0) return refused(log, files);
    await service.takeOver(next);
    const ms = Math.round(performance.now() - started);
    log.info(
      { files: files.map(shown), ms, ...addedAndRemoved(current, next) },
      "took over the alerts as they are now",
    );
    sayWhatIsNot(log, { current, next, isConfigChanged: file !== null && files.includes(file) });
    return next;
  } catch (error) {
    const place = placeInCode(error);
    log.error({ ...(place !== null && { place }) }, `not taken over: ${messageOf(error)}`);
    return refused(log, files);
  }
};

const refused = (log: WatchAlertsOptions["log"], files: readonly string[]): null => {
  log.warn({ files: files.map(shown) }, "the alerts run on as they were before");
  return null;
};

const addedAndRemoved = (current: LoadedAlerts, next: LoadedAlerts) => {
  const [before, after] = [current, next].map(({ registry }) => registry.alerts.map(({ name }) => name));
  const added = after?.filter((name) => before?.includes(name) === false) ?? [];
  const removed = before?.filter((name) => after?.includes(name) === false) ?? [];
  return { ...(added.length > 0 && { added }), ...(removed.length > 0 && { removed }) };
};

const shown = (file: string): string => relative(process.cwd(), file);

/** What could not be loaded before either keeps nothing else from being taken over. */
const newProblems = (before: readonly LoadFailure[], now: readonly LoadFailure[]): readonly LoadFailure[] => {
  const known = new Set(before.map(({ source, message }) => `${source} ${message}`));
  return now.filter(({ source, message }) => !known.has(`${source} ${message}`));
};

/** What a service reads once only. */
const sayWhatIsNot = (
  log: WatchAlertsOptions["log"],
  change: { readonly current: LoadedAlerts; readonly next: LoadedAlerts; readonly isConfigChanged: boolean },
): void => {
  const [before, after] = [change.current, change.next].map(({ registry: { fields, indices } }) =>
    JSON.stringify([fields, indices]),
  );
  if (before !== after) log.warn("the fields or indices that packs declare have changed: start the service again");
  if (change.isConfigChanged)
    log.warn("of the configuration only packs and alerts are taken over: for anything else start the service again");
};
