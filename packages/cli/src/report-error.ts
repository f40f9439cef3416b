import { AlertError } from "@mozdef/alert/runtime";
import { StoreError } from "@mozdef/alert-store";
import { TestingError } from "@mozdef/alert-testing";
import { CliError, type CliErrorCode } from "./cli-error.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** An error as sentences. A stack is printed only for what nobody foresaw. */
export const printError = (cause: unknown, { err }: Terminal): void => {
  const code = codeOf(cause);
  if (code !== null) err(`${code}: ${(cause as Error).message}`);
  else
    err(cause instanceof Error ? `This is a fault of mozdef itself. ${cause.stack ?? cause.message}` : String(cause));
};

/** The names of our errors and of the client's say more than a stack. */
const codeOf = (cause: unknown): string | null => {
  if (cause instanceof CliError || cause instanceof TestingError) return cause.code;
  if (cause instanceof AlertError || cause instanceof StoreError) return cause.code;
  // Alerts may bring their own copy of a package: the shape decides.
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return cause instanceof Error && /^(?:Connection|Response|Timeout)Error$/.test(cause.name) ? cause.name : null;
};

/** What went wrong although the command was given correctly. */
const FAILED: ReadonlySet<string> = new Set<CliErrorCode>([
  "CLI_PACK_UNREADABLE",
  "CLI_REGISTRY_FAILED",
  "CLI_TESTS_UNREADABLE",
  "CLI_WORKER_FAILED",
]);

export const exitCodeOf = (cause: unknown): ExitCode => {
  // By its code as well: an error from another process is not an instance.
  const code = codeOf(cause);
  return code?.startsWith("CLI_") === true && !FAILED.has(code) ? EXIT.usage : EXIT.failed;
};
