import type { AlertRegistry } from "@mozdef/alert-engine";
import {
  areRunnersAtWork,
  exportStore,
  foreignIndices,
  type ImportReport,
  importStore,
  type Pause,
  type TransferProgress,
} from "@mozdef/alert-store";
import { VERSION } from "../manifest.ts";
import { RunnerError } from "../runner-error.ts";
import type { OpenedStore } from "../store/opened-store.ts";
import { WATCHLIST_INDEX } from "../watchlist/stored-watchlist.ts";
import type { ExportCommand, ImportCommand } from "./parse-args.ts";
import { readTransfer, writeTransfer } from "./transfer-file.ts";

export interface TransferParts {
  readonly registry: AlertRegistry;
  readonly opened: OpenedStore;
  readonly now: Date;
  /** Waits for some milliseconds. */
  readonly pause: Pause;
  /** Tells people a line: standard output may be the export itself. */
  readonly say: (line: string) => void;
}

/** The watchlist is kept also without the pack that asks for it. */
const packIndicesOf = ({ indices }: AlertRegistry): readonly string[] => [
  ...new Set([...Object.keys(indices), WATCHLIST_INDEX]),
];

/**
 * Writes all that the service keeps to a file.
 *
 * @returns the exit code: 1 when a pack could not be loaded, since nobody knows then what it keeps.
 * @throws {RunnerError} `RUNNERS_AT_WORK`, `OPTION_INVALID`; {StoreError}
 */
export const runExport = async (command: ExportCommand, parts: TransferParts): Promise<number> => {
  const { registry, opened, now, pause, say } = parts;
  const { store } = opened;
  const { file, kinds, since } = command;
  // Events are only added to: of those a runner at work loses nothing.
  if (kinds.includes("service")) await refuseRunners(parts, "export");
  for (const name of await foreignIndices(store)) say(`left out, since somebody else made it: ${name}`);
  const onProgress = progressTo(say);
  const packIndices = packIndicesOf(registry);
  await writeTransfer(
    file,
    exportStore(store, { now, version: VERSION, pause, kinds, since, packIndices, onProgress }),
  );
  say(`${onProgress.total()} documents of ${opened.where} are in ${file === "-" ? "standard output" : file}`);
  return sayUnloaded(parts, "what it keeps is left out");
};

/**
 * Reads a file that {@link runExport} has written.
 *
 * @returns the exit code: 1 when something could not be written.
 * @throws {RunnerError} `RUNNERS_AT_WORK`, `OPTION_INVALID`; {StoreError}
 */
export const runImport = async (command: ImportCommand, parts: TransferParts): Promise<number> => {
  const { registry, opened, now, pause, say } = parts;
  const lines = readTransfer(command.file);
  await refuseRunners(parts, "import");
  const report = await importStore(opened.store, lines, {
    ...{ now, pause, replaces: command.replaces, fields: registry.fields, indices: registry.indices },
    ...{ packIndices: packIndicesOf(registry), onProgress: progressTo(say) },
  });
  for (const line of importReport(report, opened.where)) say(line);
  const code = sayUnloaded(parts, "what it keeps is refused");
  return report.refused > 0 ? 1 : code;
};

/** What an import has come to, for people. */
const importReport = (report: ImportReport, where: string): readonly string[] => {
  const { warnings, refusals, refused, documents, written, inPart, present } = report;
  const more = refused - refusals.length;
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...refusals.map(({ index, id, reason }) => `refused: ${index}/${id}: ${reason}`),
    ...(more > 0 ? [`refused: ${more} more`] : []),
    `${documents} documents for ${where}: ${written} written (${inPart} events with a part of them in "unmapped"), ${present} there already, ${refused} refused`,
  ];
};

const refuseRunners = async ({ opened, pause }: TransferParts, command: string): Promise<void> => {
  const { kind, store, where } = opened;
  // An embedded store is open here, and so nowhere else.
  if (kind === "embedded" || !(await areRunnersAtWork(store, pause))) return;
  throw new RunnerError(
    "RUNNERS_AT_WORK",
    `A runner is at work on ${where}: what it does meanwhile would be carried over in part. Stop all of them, then ${command}.`,
  );
};

const sayUnloaded = ({ registry, say }: TransferParts, what: string): number => {
  const failed = registry.failures.filter(({ code }) => UNLOADED.has(code));
  for (const { source, message } of failed) say(`ERROR ${source}: ${what}: ${message}`);
  return failed.length > 0 ? 1 : 0;
};

/** Codes of packs that are not there as a whole. */
const UNLOADED: ReadonlySet<string> = new Set([
  "ALERT_VERSION_INCOMPATIBLE",
  "PACK_INVALID",
  "PACK_LOAD_FAILED",
  "PACK_NOT_FOUND",
]);

/** Documents between two lines. */
const EVERY = 50_000;

const progressTo = (say: (line: string) => void) => {
  let last = { total: 0, said: 0 };
  const onProgress = ({ index, total }: TransferProgress): void => {
    const said = total - last.said >= EVERY ? total : last.said;
    if (said !== last.said) say(`${total} documents, at ${index}`);
    last = { total, said };
  };
  return Object.assign(onProgress, { total: () => last.total });
};
