import {
  type AlertKind,
  type Answers,
  DEFAULT_CATEGORY,
  DEFAULT_FIELD,
  DEFAULT_KIND,
  GROUPED_KINDS,
} from "../answers.ts";
import { CreateError } from "../create-error.ts";
import type { SampleEvent } from "../event/sample-event.ts";
import { alertName, type AlertName } from "../names/alert-name.ts";
import { eventCategory } from "../names/event-category.ts";
import { type EventField, eventField } from "../names/event-field.ts";
import { hasValue } from "../plan/field-values.ts";
import type { Options } from "./parse-args.ts";
import type { Asker } from "./terminal.ts";

/**
 * The answers that the options give; what they leave open is asked, or taken as the default when there is nobody to ask.
 *
 * @throws {CreateError} `CREATE_OPTION_INVALID`, `CREATE_NAME_INVALID`, `CREATE_CANCELLED`.
 */
export const ask = async (options: Options, sample: SampleEvent | null, asker: Asker | null): Promise<Answers> => {
  const name = alertName(options.name ?? (await askName(asker)));
  const kind = options.kind ?? (await askKind(asker));
  const isGrouped = GROUPED_KINDS.has(kind);
  if (!isGrouped && options.field !== undefined)
    throw new CreateError(
      "CREATE_OPTION_INVALID",
      `--field is for --kind m:1 and new, whose events are grouped by it. Received: --field ${options.field} with another kind.`,
    );
  const category = await categoryOf(options, sample, asker);
  const field = isGrouped ? await fieldOf(options, sample, asker) : null;
  return { name, kind, category, field, sample };
};

const askName = (asker: Asker | null): Promise<string> => {
  if (asker !== null)
    return asker.text("What does the alert look for?", { initial: "proxy drop executable", check: checked(alertName) });
  throw new CreateError(
    "CREATE_OPTION_INVALID",
    'The alert has no name, and there is no terminal to ask for one. Say it: npm create mozdef-alert "proxy drop executable".',
  );
};

const askKind = async (asker: Asker | null): Promise<AlertKind> =>
  asker === null
    ? DEFAULT_KIND
    : asker.choose<AlertKind>("When does it alert?", [
        { value: "aggregation", label: "m:1", hint: "many events with the same value of a field" },
        { value: "each-event", label: "1:1", hint: "each event" },
        { value: "new-term", label: "new", hint: "a value of a field that was not seen before" },
        { value: "no-event", label: "deadman", hint: "no event for some time" },
      ]);

const categoryOf = async (
  { category }: Options,
  sample: SampleEvent | null,
  asker: Asker | null,
): Promise<string | null> => {
  if (sample !== null) return categoryOfSample(category, sample);
  if (category !== undefined) return eventCategory(category);
  if (asker === null) return DEFAULT_CATEGORY;
  return asker.text("Which category do the events have?", { initial: DEFAULT_CATEGORY, check: checked(eventCategory) });
};

const categoryOfSample = (wanted: string | undefined, sample: SampleEvent): string | null => {
  if (wanted === undefined || wanted === sample.category)
    return sample.category === null ? null : eventCategory(sample.category);
  throw new CreateError(
    "CREATE_OPTION_INVALID",
    `The sample event would not be found: its category is ${JSON.stringify(sample.category)}, --category says ${JSON.stringify(wanted)}. Leave --category out.`,
  );
};

const fieldOf = async ({ field }: Options, sample: SampleEvent | null, asker: Asker | null): Promise<EventField> => {
  if (field !== undefined) return eventField(field);
  const initial = sample === null ? DEFAULT_FIELD : fieldOfSample(sample);
  if (asker === null) return eventField(initial);
  return eventField(
    await asker.text("Which field do the events have in common?", { initial, check: checked(eventField) }),
  );
};

const fieldOfSample = (sample: SampleEvent): string =>
  [DEFAULT_FIELD, "details.username", "details.user", "hostname"].find((name) => hasValue(sample, name)) ??
  DEFAULT_FIELD;

/** The message of a refusal, for the line below a question. */
const checked =
  (read: (answer: string) => AlertName | EventField | string) =>
  (answer: string): string | undefined => {
    try {
      read(answer);
      return undefined;
    } catch (error) {
      return error instanceof CreateError ? error.message : String(error);
    }
  };
