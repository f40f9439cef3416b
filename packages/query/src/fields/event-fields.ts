import type { Bound, CaseOptions } from "./bound.ts";
import type { FieldKind } from "./field-kind.ts";
import type { mozdef } from "./mozdef.ts";

type Mozdef = typeof mozdef;

/**
 * The fields of an event and how each is indexed: MozDef's, and those that packs declare.
 *
 * A pack that relies on further fields declares them by merging, and hands the same to `definePack`, since types are gone at
 * run time: `declare module "@mozdef/query" { interface EventFields { "details.bytes": "long" } }`.
 * `details.*` without an entry is `keyword`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- packs can merge only with an interface
export interface EventFields extends Mozdef {}

/** Any name below `details`. Kept apart from the listed names by the intersection, so that editors offer those. */
type OpenField = `details.${string}` & Record<never, never>;

/** Every name a clause accepts. A name at the top level has to be known; below `details` anything may come. */
export type FieldName = keyof EventFields | OpenField;

/** The kind of one field. */
export type KindOf<Field extends FieldName> = Field extends keyof EventFields ? EventFields[Field] : "keyword";

/** Shown by the compiler when a clause does not fit its field. */
export interface FieldTypeError<Sentence extends string> {
  readonly error: Sentence;
}

/**
 * `Field` when its kind is one of `Kinds`, else a type whose name is the reason. Clauses take it as it stands: an intersection with
 * `Field` would have the compiler compare each name with each other, of which ECS has two thousand.
 */
export type FieldOf<Field extends FieldName, Kinds extends FieldKind> = Field extends unknown
  ? KindOf<Field> extends Kinds
    ? Field
    : FieldTypeError<`${Field} is of kind ${KindOf<Field> & string}, which this clause does not take`>
  : never;

/**
 * What a field may be compared with. Text has no numeric order: "9" comes after "10". A name known only at run time takes any
 * bound; there the clause itself checks what it can.
 */
export type BoundOf<Field extends FieldName> = `details.${string}` extends Field
  ? Bound
  : KindOf<Field> extends "date"
    ? Bound
    : KindOf<Field> extends "long" | "double"
      ? number
      : string;

/** Only the whole value of a keyword has a case that counts. */
export type CaseOptionsOf<Field extends FieldName> =
  KindOf<Field> extends "keyword"
    ? CaseOptions
    : FieldTypeError<`${Field} is of kind ${KindOf<Field> & string}, where ignoreCase has no effect`>;
