import { parseArgs as parse } from "node:util";
import { messageOf } from "@mozdef/alert";
import { TRANSFER_KINDS, type TransferKind } from "@mozdef/alert-store";
import { RunnerError } from "../runner-error.ts";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "serve"; readonly config: string | undefined }
  | {
      readonly kind: "once";
      readonly config: string | undefined;
      readonly at: Date | undefined;
      /** Whether nothing is to be stored. */
      readonly isDry: boolean;
    }
  | { readonly kind: "plan"; readonly config: string | undefined }
  | { readonly kind: "config check" | "config show"; readonly config: string | undefined }
  | ExportCommand
  | ImportCommand
  | BackupCommand
  | RestoreCommand;

/** A file for what the service keeps; `-` is standard output. */
export interface ExportCommand {
  readonly kind: "export";
  readonly config: string | undefined;
  readonly file: string;
  readonly since: Date | undefined;
  readonly kinds: readonly TransferKind[];
}

/** A file that {@link ExportCommand} has written; `-` is standard input. */
export interface ImportCommand {
  readonly kind: "import";
  readonly config: string | undefined;
  readonly file: string;
  /** Whether documents that are there already are replaced. */
  readonly replaces: boolean;
}

export interface BackupCommand {
  readonly kind: "backup";
  readonly config: string | undefined;
  /** Where the backup goes from the folder of backups; undefined: it stays there. */
  readonly file: string | undefined;
}

export interface RestoreCommand {
  readonly kind: "restore";
  readonly config: string | undefined;
  /** A backup. */
  readonly file: string;
  /** Whether a store that is not empty is replaced. */
  readonly replaces: boolean;
}

/**
 * Reads the arguments of `mozdef-alert-runner`.
 *
 * @throws {RunnerError} `OPTION_INVALID` naming the option.
 */
export const parseArgs = (args: readonly string[]): Command => {
  const { values, positionals } = readArgs(args);
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const [word, ...words] = positionals;
  if (word === undefined) return serviceCommand(values);
  if (word === "export") return exportCommand(values, words);
  if (word === "import") return importCommand(values, words);
  if (word === "backup") return backupCommand(values, words);
  if (word === "restore") return restoreCommand(values, words);
  checkOptions(positionals.join(" "), values, []);
  return { kind: configCommand(positionals), config: values.config };
};

type Values = ReturnType<typeof readArgs>["values"];

const serviceCommand = (values: Values): Command => {
  checkOptions("the service", values, ["once", "at", "dry-run"]);
  const { config, once, at, "dry-run": isDry = false } = values;
  if (once === true) return { kind: "once", config, at: at === undefined ? undefined : timeOf("at", at), isDry };
  if (at !== undefined)
    throw new RunnerError("OPTION_INVALID", "--at needs --once: the service itself runs at the present.");
  return { kind: isDry ? "plan" : "serve", config };
};

const exportCommand = (values: Values, words: readonly string[]): ExportCommand => {
  checkOptions("export", values, ["since", "only"]);
  const { config, since, only = [] } = values;
  return {
    ...{ kind: "export", config, file: fileOf("export", words) },
    since: since === undefined ? undefined : timeOf("since", since),
    kinds: only.length === 0 ? TRANSFER_KINDS : only.map(kindOf),
  };
};

const importCommand = (values: Values, words: readonly string[]): ImportCommand => {
  checkOptions("import", values, ["replace"]);
  const { config, replace = false } = values;
  return { kind: "import", config, file: fileOf("import", words), replaces: replace };
};

const backupCommand = (values: Values, words: readonly string[]): BackupCommand => {
  checkOptions("backup", values, []);
  const file = words.length === 0 ? undefined : fileOf("backup", words);
  return { kind: "backup", config: values.config, file };
};

const restoreCommand = (values: Values, words: readonly string[]): RestoreCommand => {
  checkOptions("restore", values, ["replace"]);
  return {
    ...{ kind: "restore", config: values.config, file: fileOf("restore", words) },
    replaces: values.replace ?? false,
  };
};

const fileOf = (command: string, words: readonly string[]): string => {
  const [file, ...more] = words;
  if (file !== undefined && file !== "" && more.length === 0) return file;
  throw new RunnerError(
    "OPTION_INVALID",
    `${command}: expected the name of one file. Received: ${shown(words.join(" ") || "nothing")}. See --help.`,
  );
};

const kindOf = (text: string): TransferKind => {
  const kind = TRANSFER_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw new RunnerError(
    "OPTION_INVALID",
    `--only: expected one of ${TRANSFER_KINDS.join(", ")}. Received: ${shown(text)}.`,
  );
};

const shown = (text: string): string => JSON.stringify(text.slice(0, 100));

/** An option that a command knows nothing of would do nothing. */
const checkOptions = (command: string, values: Values, known: readonly (keyof Values)[]): void => {
  const other = Object.keys(values).find((name) => name !== "config" && !known.some((option) => option === name));
  if (other !== undefined)
    throw new RunnerError("OPTION_INVALID", `--${other} does not go with ${command}. See --help.`);
};

const configCommand = (words: readonly string[]): "config check" | "config show" => {
  const command = words.join(" ");
  if (command === "config check" || command === "config show") return command;
  throw new RunnerError(
    "OPTION_INVALID",
    `Expected: nothing, config check, config show, backup, restore, export or import. Received: ${shown(command)}. See --help.`,
  );
};

const readArgs = (args: readonly string[]) => {
  try {
    return parse({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
        config: { type: "string", short: "c" },
        once: { type: "boolean" },
        at: { type: "string" },
        "dry-run": { type: "boolean" },
        since: { type: "string" },
        only: { type: "string", multiple: true },
        replace: { type: "boolean" },
      },
    });
  } catch (cause) {
    throw new RunnerError("OPTION_INVALID", `${messageOf(cause)} See --help.`, { cause });
  }
};

const timeOf = (option: string, text: string): Date => {
  const at = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(at.getTime())) return at;
  throw new RunnerError(
    "OPTION_INVALID",
    `--${option}: expected a time in ISO 8601, e.g. 2026-01-31T12:00:00Z. Received: ${shown(text)}.`,
  );
};

export const HELP = `mozdef-alert-runner: receives events, runs alerts on their schedules, shows them at /alerts.

Usage: mozdef-alert-runner [options]                the service
       mozdef-alert-runner config check [options]   say what is wrong with the configuration and its packs, and what would run
       mozdef-alert-runner config show [options]    print it as JSON with every default, without secrets
       mozdef-alert-runner backup [FILE] [options]  make a copy of the embedded store, also while the service runs
       mozdef-alert-runner restore FILE [options]   put such a copy in the place of the embedded store, while no service runs
       mozdef-alert-runner export FILE [options]    write all that the service keeps in its store to a file, while no runner is at work
       mozdef-alert-runner import FILE [options]    read such a file into the store of the configuration, of whatever kind

An export is packed when FILE ends in .gz; - is standard output or input.

  -c, --config FILE  Configuration (default: mozdef.config.ts, .mts, .js or .mjs in the current folder, if any)
      --once         Run every enabled alert once, print what came of it, end
      --at TIME      With --once: the time to run at, ISO 8601 (default: now)
      --dry-run      Change nothing: print what the service would do to the cluster of store.node (templates,
                     indices, aliases, expired days) and what it leaves alone; with --once the alerts it would make
      --since TIME   With export: leave out what is older, ISO 8601
      --only KIND    With export: events, alerts or service (what the service notes, and what packs keep); may be repeated
      --replace      With import: replace documents that are there already (default: leave them as they are);
                     with restore: replace a store that is not empty (it is kept beside)
  -v, --version      Print the version
  -h, --help         Print this

Environment: PORT and HOST win over the configuration (default 8080 and 127.0.0.1).

Exit codes: 0 fine; 1 an alert failed (--once), something could not be loaded (config check), carried over (export, import), or the
service could not start; 2 wrong option or configuration.

Examples:
  mozdef-alert-runner
  PORT=9000 mozdef-alert-runner --config /etc/mozdef/mozdef.config.ts
  mozdef-alert-runner --once --at 2026-01-31T12:00:00Z
  mozdef-alert-runner --dry-run
  mozdef-alert-runner backup /mnt/backups/monday.sqlite
  mozdef-alert-runner export mozdef.ndjson.gz
  mozdef-alert-runner import mozdef.ndjson.gz --config cluster.config.mjs
`;
