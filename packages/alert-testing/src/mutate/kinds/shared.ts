import type { Search } from "@mozdef/alert";
import { DEFAULT_SAMPLES, type GroupSearch } from "@mozdef/alert/runtime";
import type { FieldName } from "@mozdef/query";

/** A change of an option that several kinds have. */
export interface SharedChange<One> {
  readonly key: string;
  readonly description: string;
  readonly suggestion: string;
  readonly change: (search: One) => One | null;
}

type WithFields = Pick<GroupSearch, "fields"> & Search;

/**
 * Other fields for the groups: another one instead of a single one, one less and one more of several, one where there is none.
 *
 * @param verb - What the search does by its fields: `aggregate`.
 */
export const fieldChanges = <One extends WithFields>({ fields }: One, verb: string): readonly SharedChange<One>[] => {
  const other = OTHERS.find((one) => !fields.includes(one)) ?? "category";
  const [field] = fields;
  if (field === undefined) return [added<One>(verb, fields, other)];
  if (fields.length === 1) return [replaced<One>(verb, field, other)];
  return [...fields.map((one) => dropped<One>(verb, fields, one)), added<One>(verb, fields, other)];
};

const OTHERS: readonly FieldName[] = ["hostname", "category", "source"];

const replaced = <One extends WithFields>(verb: string, field: FieldName, other: FieldName): SharedChange<One> => ({
  key: "field",
  description: `${verb} by ${other} instead of ${field}`,
  suggestion: `No case can tell groups by ${field} from groups by ${other}. Add one to "fires" whose events differ in ${other} only, and expect the value of ${field} in the summary.`,
  change: (search) => ({ ...search, fields: [other] }),
});

const dropped = <One extends WithFields>(
  verb: string,
  fields: readonly FieldName[],
  field: FieldName,
): SharedChange<One> => {
  const rest = fields.filter((one) => one !== field);
  return {
    key: `field ${field}`,
    description: `${verb} by ${rest.join(", ")} without ${field}`,
    suggestion: `No case can tell groups by ${fields.join(", ")} from groups by ${rest.join(", ")}. Add one whose events differ in ${field} only: they are several groups, each of which is to be enough for itself.`,
    change: (search) =>
      search.fields.includes(field) ? { ...search, fields: search.fields.filter((one) => one !== field) } : null,
  };
};

const added = <One extends WithFields>(
  verb: string,
  fields: readonly FieldName[],
  other: FieldName,
): SharedChange<One> => ({
  key: "field added",
  description: `${verb} by ${[...fields, other].join(", ")}`,
  suggestion: `No case can tell ${fields.length === 0 ? "one group of all events" : `groups by ${fields.join(", ")}`} from groups by ${[...fields, other].join(", ")}. Add one to "fires" with one group whose events differ in ${other}.`,
  change: (search) => ({ ...search, fields: [...search.fields, other] }),
});

/** Samples back to their default. */
export const samplesChanges = <One extends GroupSearch & Search>({
  samplesLimit,
}: Pick<One, "samplesLimit">): readonly SharedChange<One>[] => {
  if (samplesLimit === DEFAULT_SAMPLES) return [];
  const example = Number.isFinite(samplesLimit) ? Math.min(samplesLimit, DEFAULT_SAMPLES + 1) : DEFAULT_SAMPLES + 1;
  return [
    {
      key: "samples",
      description: `drop samplesLimit ${samplesLimit}`,
      suggestion: `No firing case says how many events the alert embeds. Say it in one with ${example} events in a group: embeds: ${example}.`,
      change: (search) => ({ ...search, samplesLimit: DEFAULT_SAMPLES }),
    },
  ];
};

/** A number and how its neighbours are told from it. */
export interface NumberTexts {
  /** As the option is called. */
  readonly name: string;
  /** Of the number that fires, one step less or more of which does not: `events in a group`. */
  readonly what: (value: number) => string;
}

/** A lower bound of what fires, moved just above and just below. */
export const lowerBoundChanges = <One>(
  key: keyof One & string,
  value: number,
  { what, step, least }: { readonly what: NumberTexts["what"]; readonly step: number; readonly least: number },
): readonly SharedChange<One>[] => {
  const moved = (by: number) => (search: One) => {
    const next = Number(search[key]) + by;
    return next < least ? null : { ...search, [key]: next };
  };
  const up: SharedChange<One> = {
    key: `${key} up`,
    description: `${key} ${value} + ${step}`,
    suggestion: `No firing case depends on ${key} being no more than ${value}. Add one to "fires" with ${what(value)}, and no more.`,
    change: moved(step),
  };
  const down: SharedChange<One> = {
    key: `${key} down`,
    description: `${key} ${value} - ${step}`,
    suggestion: `No silent case depends on ${key} being ${value}. Add one to "silent" with ${what(value - step)}, on which the hook would alert.`,
    change: moved(-step),
  };
  return value - step < least ? [up] : [up, down];
};

/** An upper bound of what fires, moved just above and just below. */
export const upperBoundChanges = <One>(
  key: keyof One & string,
  value: number,
  { what, step, most }: { readonly what: NumberTexts["what"]; readonly step: number; readonly most: number },
): readonly SharedChange<One>[] => {
  const moved = (by: number) => (search: One) => {
    const next = Number(search[key]) + by;
    return next > most ? null : { ...search, [key]: next };
  };
  const up: SharedChange<One> = {
    key: `${key} up`,
    description: `${key} ${value} + ${step}`,
    suggestion: `No silent case depends on ${key} being ${value}. Add one to "silent" with ${what(value + step)}, on which the hook would alert.`,
    change: moved(step),
  };
  const down: SharedChange<One> = {
    key: `${key} down`,
    description: `${key} ${value} - ${step}`,
    suggestion: `No firing case depends on ${key} being no less than ${value}. Add one to "fires" with ${what(value)}, and no less.`,
    change: moved(-step),
  };
  return value + step > most ? [down] : [up, down];
};
