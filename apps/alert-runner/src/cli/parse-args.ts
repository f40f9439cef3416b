import { parseArgs as parse } from "node:util";
import { messageOf } from "@mozdef/alert";
import { DELIVERY_EVENTS, type DeliveryEvent } from "@mozdef/alert/runtime";
import { TRANSFER_KINDS, type TransferKind } from "@mozdef/alert-store";
import { RunnerError } from "../runner-error.ts";
import { type AccessCommand, readTokensCommand, readUsersCommand } from "./access-args.ts";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | {
      readonly kind: "serve";
      readonly config: string | undefined;
      /** Whether alerts are taken over when their sources change, and the store may be read. */
      readonly watches: boolean;
    }
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
  | RestoreCommand
  | ActionsTestCommand
  | AccessCommand;

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

/** Sends one alert by an action. */
export interface ActionsTestCommand {
  readonly kind: "actions test";
  readonly config: string | undefined;
  /** The name of the action in the configuration. */
  readonly name: string;
  readonly event: DeliveryEvent;
  /** Of the alert; undefined: a new one. */
  readonly id: string | undefined;
  /** Who has acknowledged or closed it. */
  readonly by: string | null;
  readonly isJson: boolean;
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
  if (word === "actions") return actionsCommand(values, words);
  if (word === "tokens") return tokensCommand(values, words);
  if (word === "users") return usersCommand(values, words);
  checkOptions(positionals.join(" "), values, []);
  return { kind: configCommand(positionals), config: values.config };
};

type Values = ReturnType<typeof readArgs>["values"];

const serviceCommand = (values: Values): Command => {
  checkOptions("the service", values, ["once", "at", "dry-run", "watch"]);
  const { config, once, at, "dry-run": isDry = false, watch = false } = values;
  if (watch && (once === true || isDry))
    throw new RunnerError("OPTION_INVALID", "--watch is for the service that runs on: without --once and --dry-run.");
  if (once === true) return { kind: "once", config, at: at === undefined ? undefined : timeOf("at", at), isDry };
  if (at !== undefined)
    throw new RunnerError("OPTION_INVALID", "--at needs --once: the service itself runs at the present.");
  return isDry ? { kind: "plan", config } : { kind: "serve", config, watches: watch };
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

const tokensCommand = (values: Values, words: readonly string[]): AccessCommand => {
  checkOptions(`tokens ${words[0] ?? ""}`, values, words[0] === "create" ? ["scope", "expires"] : []);
  return { kind: "access", config: values.config, wanted: readTokensCommand(words, values) };
};

const usersCommand = (values: Values, words: readonly string[]): AccessCommand => {
  const hasRole = words[0] === "create" || words[0] === "role";
  checkOptions(`users ${words[0] ?? ""}`, values, hasRole ? ["role"] : []);
  return { kind: "access", config: values.config, wanted: readUsersCommand(words, values) };
};

const actionsCommand = (values: Values, words: readonly string[]): ActionsTestCommand => {
  checkOptions("actions test", values, ["event", "id", "by", "json"]);
  const [word, name, ...more] = words;
  if (word !== "test" || name === undefined || more.length > 0)
    throw new RunnerError(
      "OPTION_INVALID",
      `actions: expected test and the name of one action. Received: ${shown(words.join(" ") || "nothing")}. See --help.`,
    );
  const { config, event = "trigger", id, by = null, json: isJson = false } = values;
  return { kind: "actions test", config, name, event: eventOf(event), id: idOf(id), by, isJson };
};

const eventOf = (text: string): DeliveryEvent => {
  const event = DELIVERY_EVENTS.find((known) => known === text);
  if (event !== undefined) return event;
  throw new RunnerError(
    "OPTION_INVALID",
    `--event: expected one of ${DELIVERY_EVENTS.join(", ")}. Received: ${shown(text)}.`,
  );
};

const idOf = (text: string | undefined): string | undefined => {
  if (text === undefined || /^[\w-]{1,100}$/.test(text)) return text;
  throw new RunnerError("OPTION_INVALID", `--id: expected letters, digits, '_' or '-'. Received: ${shown(text)}.`);
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
    `Expected: nothing, config check, config show, actions test, backup, restore, export, import, tokens or users. Received: ${shown(command)}. See --help.`,
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
        watch: { type: "boolean" },
        since: { type: "string" },
        only: { type: "string", multiple: true },
        replace: { type: "boolean" },
        event: { type: "string" },
        id: { type: "string" },
        by: { type: "string" },
        json: { type: "boolean" },
        scope: { type: "string" },
        expires: { type: "string" },
        role: { type: "string" },
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
