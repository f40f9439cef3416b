import type { Source } from "@mozdef/alert";
import { isOwnEvents, type PlannedSearch, type Sources } from "@mozdef/alert/runtime";
import type { EventSchema, FieldKind, FieldKinds } from "@mozdef/query";
import { mozdef } from "@mozdef/query/mozdef";

const MOZDEF: FieldKinds = mozdef;

/** Whether there is a field, and how the store indexes it. */
export interface KnownField {
  /** Null for a name that events do not have. */
  readonly kind: FieldKind | null;
  /** Whether nobody has said the kind: the events may have any field. */
  readonly isAssumed: boolean;
  /** The source whose events are meant; null for MozDef's own names. */
  readonly source: string | null;
}

/** What events a search looks at, as far as names of fields go. */
export interface FieldScope {
  /** Fields of the pack. */
  readonly declared: FieldKinds;
  readonly sources: Sources;
}

/** The field that a search means by a name: of the source that the search names itself, else MozDef's. */
export const fieldOf = (
  { source }: Pick<PlannedSearch, "source">,
  field: string,
  { declared, sources }: FieldScope,
): KnownField => {
  const { name, isTranslated, indices } = source;
  const own = name === null || isTranslated ? undefined : sources[name];
  if (own !== undefined) return { ...kindInSource(field, own), source: name };
  // What packs and the service itself keep has other fields than events, and nobody says which.
  const isOpen = name === null && !indices.some(isOwnEvents);
  const kind = kindInMozdef(field, declared);
  return { kind: kind ?? (isOpen ? "keyword" : null), isAssumed: kind === null && isOpen, source: null };
};

const kindInMozdef = (field: string, declared: FieldKinds): FieldKind | null => {
  for (const fields of [declared, MOZDEF]) if (Object.hasOwn(fields, field)) return fields[field] ?? null;
  return field.startsWith("details.") ? "keyword" : null;
};

/** Below it are names that every sender makes up. */
const OPEN = "labels.";

/** A source that declares no field may have any. */
const kindInSource = (field: string, { schema }: Source): Pick<KnownField, "kind" | "isAssumed"> => {
  const { fields } = schema;
  if (Object.hasOwn(fields, field)) return { kind: fields[field] ?? null, isAssumed: false };
  if ([...schema.time, schema.received].includes(field)) return { kind: "date", isAssumed: false };
  const isOpen = Object.keys(fields).length === 0 || field.startsWith(OPEN) || standIns(schema).has(field);
  return { kind: isOpen ? "keyword" : null, isAssumed: isOpen };
};

/** What stands for MozDef's fields is there as well. */
const standIns = ({ names = {} }: EventSchema): ReadonlySet<string> =>
  new Set(
    Object.values(names).flatMap((standIn) => {
      if (typeof standIn === "string") return [standIn];
      return "field" in standIn ? [standIn.field, ...(standIn.also ?? [])] : [];
    }),
  );
