import {
  type AlertKind,
  type Answers,
  CONTRASTING_KINDS,
  DEFAULT_CATEGORY,
  DEFAULT_CONTRAST,
  DEFAULT_FIELD,
  DEFAULT_KIND,
  GROUPED_KINDS,
} from "../answers.ts";
import { CreateError } from "../create-error.ts";
import type { Contrast } from "../event/contrast.ts";
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
      `--field is for kinds whose events are grouped by it, not for 1:1 and deadman. Received: --field ${options.field} with such a kind.`,
    );
  if (!CONTRASTING_KINDS.has(kind) && options.values !== undefined)
    throw new CreateError(
      "CREATE_OPTION_INVALID",
      `--values is for --kind sequence and percentage. Received: --values ${options.values} with another kind.`,
    );
  const category = await categoryOf(options, sample, asker);
  const field = isGrouped ? await fieldOf(options, sample, asker) : null;
  const contrast =
    field !== null && CONTRASTING_KINDS.has(kind) ? await contrastOf(options, sample, field, asker) : null;
  return { name, kind, category, field, contrast, sample };
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
        { value: "spike", label: "spike", hint: "many more events with a value of a field than before" },
        { value: "sequence", label: "sequence", hint: "two steps, one after the other" },
        { value: "percentage", label: "percentage", hint: "too many of all events are of one sort" },
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

/** Of many events, what tells them apart makes groups; of one, what usually does. */
const fieldOfSample = (sample: SampleEvent): string => {
  const usual = [DEFAULT_FIELD, "details.username", "details.user", "hostname"].filter((name) =>
    hasValue(sample, name),
  );
  const differing = sample.differing.map(({ field }) => field).filter(canGroup);
  return usual.find((name) => differing.includes(name)) ?? differing[0] ?? usual[0] ?? DEFAULT_FIELD;
};

const canGroup = (name: string): boolean => {
  try {
    eventField(name);
    return true;
  } catch {
    return false;
  }
};

const contrastOf = async (
  { values }: Options,
  sample: SampleEvent | null,
  field: EventField,
  asker: Asker | null,
): Promise<Contrast> => {
  const read = readContrast(field);
  if (values !== undefined) return read(values);
  const proposed = sample?.contrasts.find((one) => one.field !== field.name) ?? DEFAULT_CONTRAST;
  if (asker === null) return proposed;
  const initial = `${proposed.field}=${String(proposed.first)},${String(proposed.second)}`;
  return read(
    await asker.text("Which field tells the events apart, and which two of its values?", {
      initial,
      check: checked(read),
    }),
  );
};

/** `details.status=failure,success` */
const readContrast =
  (field: EventField) =>
  (text: string): Contrast => {
    const [, name = "", first = "", second = ""] = /^([^=]+)=([^,]+),([^,]+)$/.exec(text) ?? [];
    if (name === "" || first === second)
      throw new CreateError(
        "CREATE_OPTION_INVALID",
        `--values needs a field and two of its values, such as details.status=failure,success. Received: ${JSON.stringify(text)}.`,
      );
    const { values } = eventField(name);
    if (name === field.name)
      throw new CreateError("CREATE_OPTION_INVALID", `--values needs another field than --field. Received: ${name}.`);
    if (values === "number" || values === "address")
      throw new CreateError(
        "CREATE_OPTION_INVALID",
        `--values needs a field with words or with true and false. Received: ${name}.`,
      );
    const isSwitch = [first, second].every((one) => one === "true" || one === "false");
    return isSwitch
      ? { field: name, first: first === "true", second: second === "true" }
      : { field: name, first, second };
  };

/** The message of a refusal, for the line below a question. */
const checked =
  (read: (answer: string) => AlertName | EventField | Contrast | string) =>
  (answer: string): string | undefined => {
    try {
      read(answer);
      return undefined;
    } catch (error) {
      return error instanceof CreateError ? error.message : String(error);
    }
  };
