import { parseArgs as parse } from "node:util";
import { messageOf } from "@mozdef/alert";
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
  | { readonly kind: "config check" | "config show"; readonly config: string | undefined };

/**
 * Reads the arguments of `mozdef-alert-runner`.
 *
 * @throws {RunnerError} `OPTION_INVALID` naming the option.
 */
export const parseArgs = (args: readonly string[]): Command => {
  const { values, positionals } = readArgs(args);
  const { help, version, config, once, at, "dry-run": isDry = false } = values;
  if (help === true) return { kind: "help" };
  if (version === true) return { kind: "version" };
  if (positionals.length > 0) return { kind: commandOf(positionals), config };
  if (once === true) return { kind: "once", config, at: at === undefined ? undefined : timeOf(at), isDry };
  if (at !== undefined)
    throw new RunnerError("OPTION_INVALID", "--at needs --once: the service itself runs at the present.");
  return { kind: isDry ? "plan" : "serve", config };
};

const commandOf = (words: readonly string[]): "config check" | "config show" => {
  const command = words.join(" ");
  if (command === "config check" || command === "config show") return command;
  throw new RunnerError(
    "OPTION_INVALID",
    `Expected: nothing, config check or config show. Received: ${JSON.stringify(command.slice(0, 100))}. See --help.`,
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
      },
    });
  } catch (cause) {
    throw new RunnerError("OPTION_INVALID", `${messageOf(cause)} See --help.`, { cause });
  }
};

const timeOf = (text: string): Date => {
  const at = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(at.getTime())) return at;
  throw new RunnerError(
    "OPTION_INVALID",
    `--at: expected a time in ISO 8601, e.g. 2026-01-31T12:00:00Z. Received: ${JSON.stringify(text.slice(0, 100))}.`,
  );
};

export const HELP = `mozdef-alert-runner: receives events, runs alerts on their schedules, shows them at /alerts.

Usage: mozdef-alert-runner [options]                the service
       mozdef-alert-runner config check [options]   say what is wrong with the configuration and its packs, and what would run
       mozdef-alert-runner config show [options]    print it as JSON with every default, without secrets

  -c, --config FILE  Configuration (default: mozdef.config.ts, .mts, .js or .mjs in the current folder, if any)
      --once         Run every enabled alert once, print what came of it, end
      --at TIME      With --once: the time to run at, ISO 8601 (default: now)
      --dry-run      Change nothing: print what the service would do to the cluster of store.node (templates,
                     indices, aliases, expired days) and what it leaves alone; with --once the alerts it would make
  -v, --version      Print the version
  -h, --help         Print this

Environment: PORT and HOST win over the configuration (default 8080 and 127.0.0.1).

Exit codes: 0 fine; 1 an alert failed (--once), something could not be loaded (config check), or the service could not
start; 2 wrong option or configuration.

Examples:
  mozdef-alert-runner
  PORT=9000 mozdef-alert-runner --config /etc/mozdef/mozdef.config.ts
  mozdef-alert-runner --once --at 2026-01-31T12:00:00Z
  mozdef-alert-runner --dry-run
`;
