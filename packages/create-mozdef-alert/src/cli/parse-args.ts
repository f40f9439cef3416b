import { parseArgs as parse } from "node:util";
import { KIND_WORDS, type AlertKind } from "../answers.ts";
import { CreateError } from "../create-error.ts";

export const HELP = `Makes a MozDef alert with its test.

  npm create mozdef-alert [name] -- [options]

  name                  such as "proxy drop executable"; makes AlertProxyDropExecutable

What the alert is
  --kind <kind>         1:1      an alert for each event
                        m:1      an alert for many events with the same value of a field (default)
                        new      an alert for a value of a field that was not seen before
                        spike    an alert for many more events with a value of a field than before
                        sequence an alert for two steps, one after the other, with the same value of a field
                        percentage  an alert when too many of all events with a value of a field are of one sort
                        deadman  an alert when there is no event
  --category <text>     category of the events to look for (default helloworld)
  --field <field>       all but 1:1 and deadman: the field (default details.sourceipaddress)
  --values <text>       with sequence and percentage: a field and two of its values, the one that comes first or is
                        meant before the other (default details.status=failure,success)
  --from-event <file>   sample events, JSON or lines of a log: clauses, groups and test are taken from what they share

Where it goes
  --dir <folder>        the folder (default: this one, when it is empty or has packs)
  --pack <name>         the pack it is added to; a name that no pack has makes a new one

How it is done
  --yes                 take the defaults, ask nothing
  --dry-run             show what would be written, write nothing
  --force               overwrite files that exist, make an alert of the pack anew
  --no-install          do not install dependencies
  --no-git              do not start a git repository
  --json                print the result as JSON
  --help, --version

In an empty folder it makes a project that is ready to publish, in a workspace a package, in a workspace with packs of
alerts (or in such a package) an alert. Without a terminal it asks nothing.

Exit codes: 0 done; 1 refused, nothing was written (or installing failed); 2 wrong options; 130 cancelled.`;

/** What was said on the command line. */
export interface Options {
  readonly name: string | undefined;
  readonly kind: AlertKind | undefined;
  readonly category: string | undefined;
  readonly field: string | undefined;
  readonly values: string | undefined;
  readonly fromEvent: string | undefined;
  readonly dir: string | undefined;
  readonly pack: string | undefined;
  readonly isYes: boolean;
  readonly isDryRun: boolean;
  readonly isForced: boolean;
  readonly isInstalling: boolean;
  readonly isStartingGit: boolean;
  readonly isJson: boolean;
}

export type Command =
  { readonly kind: "help" } | { readonly kind: "version" } | { readonly kind: "create"; readonly options: Options };

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  kind: text,
  category: text,
  field: text,
  values: text,
  "from-event": text,
  dir: text,
  pack: text,
  yes: { ...flag, short: "y" },
  "dry-run": flag,
  force: flag,
  "no-install": flag,
  "no-git": flag,
  json: flag,
  help: { ...flag, short: "h" },
  version: flag,
} as const;

/**
 * Reads the command line.
 *
 * @throws {CreateError} `CREATE_OPTION_INVALID`.
 */
export const parseArgs = (words: readonly string[]): Command => {
  const { values, positionals } = parsed(words);
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  return {
    kind: "create",
    options: {
      // Without quotes, the words of a name arrive one by one.
      name: positionals.length === 0 ? undefined : positionals.join(" "),
      kind: values.kind === undefined ? undefined : kindOf(values.kind),
      category: values.category,
      field: values.field,
      values: values.values,
      fromEvent: values["from-event"],
      dir: values.dir,
      pack: values.pack,
      isYes: values.yes === true,
      isDryRun: values["dry-run"] === true,
      isForced: values.force === true,
      isInstalling: values["no-install"] !== true,
      isStartingGit: values["no-git"] !== true,
      isJson: values.json === true,
    },
  };
};

const parsed = (
  words: readonly string[],
): ReturnType<typeof parse<{ options: typeof OPTIONS; allowPositionals: true }>> => {
  try {
    return parse({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : String(cause);
    throw new CreateError("CREATE_OPTION_INVALID", `${reason}.\n--help shows what there is.`, { cause });
  }
};

const kindOf = (word: string): AlertKind => {
  const kind = KIND_WORDS.get(word.toLowerCase());
  if (kind !== undefined) return kind;
  throw new CreateError(
    "CREATE_OPTION_INVALID",
    `--kind is one of ${[...KIND_WORDS.keys()].join(", ")}. Received: ${JSON.stringify(word)}.`,
  );
};
