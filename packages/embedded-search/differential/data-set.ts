import fc from "fast-check";
import { type FieldKind, fieldKinds } from "./field-kinds.ts";
import { STRANGE } from "./vocabulary.ts";

/** A mapping, documents indexed under it, and the fields that queries may use. */
export interface DataSet {
  readonly mapping: Readonly<Record<string, object>>;
  readonly documents: readonly object[];
}

/** Normalizers that the mappings name. */
export const ANALYSIS = {
  normalizer: { low: { type: "custom", filter: ["lowercase"] }, same: { type: "custom", filter: [] } },
};

interface DeclaredField {
  readonly kind: FieldKind;
  readonly mapping: object | undefined;
}

/** Puts values at dotted names: `o.x` as an object or, now and then, as one key with a dot. */
const nested = (entries: readonly (readonly [string, unknown])[], flat: boolean): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    const [outer = name, inner] = name.split(".");
    if (inner === undefined || flat) result[name] = value;
    else result[outer] = { ...(result[outer] as object | undefined), [inner]: value };
  }
  return result;
};

const mappingOf = (fields: readonly DeclaredField[]): Record<string, object> => {
  const declared = fields.flatMap(({ kind, mapping }) => (mapping ? [[kind.name, mapping] as const] : []));
  const objects = nested(declared, false) as Record<string, object>;
  const { o, ...others } = objects;
  return { ...(o ? { ...others, o: { properties: o } } : others), ...aliasesOf(Object.keys(others)) };
};

/** Other names of fields, each where that field is declared. */
const ALIASES = { a1: "k1", a2: "l1", a3: "d1", a4: "t1" };

const aliasesOf = (declared: readonly string[]): Record<string, object> =>
  Object.fromEntries(
    Object.entries(ALIASES)
      .filter(([, path]) => declared.includes(path))
      .map(([name, path]) => [name, { type: "alias", path }]),
  );

/** One value, several, none, or sometimes one that does not fit. */
const valuesOf = (kind: FieldKind): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 60, arbitrary: kind.values },
    { weight: 20, arbitrary: fc.array(fc.option(kind.values, { freq: 6 }), { maxLength: 4 }) },
    { weight: 5, arbitrary: fc.constantFrom<unknown>(null, [], [null]) },
    { weight: 1, arbitrary: fc.constantFrom(...STRANGE) },
  );

const documentOf = (fields: readonly DeclaredField[]): fc.Arbitrary<object> => {
  const entry = ({ kind }: DeclaredField) =>
    fc.option(
      valuesOf(kind).map((value) => [kind.name, value] as const),
      { freq: 2 },
    );
  return fc.tuple(fc.tuple(...fields.map(entry)), fc.integer({ min: 0, max: 9 })).map(([entries, form]) =>
    nested(
      entries.filter((one) => one !== null),
      form === 0,
    ),
  );
};

/** Most of the kinds, each declared in one of its ways. */
const declared = fc.tuple(...fieldKinds.map(() => fc.nat(99))).map((choices) =>
  fieldKinds.flatMap((kind, index): DeclaredField[] => {
    const choice = choices[index] ?? 0;
    const left = choice >= 15;
    return left ? [{ kind, mapping: kind.mappings[choice % Math.max(1, kind.mappings.length)] }] : [];
  }),
);

/** Random mappings with documents that mostly fit them. */
export const dataSets: fc.Arbitrary<DataSet> = fc.noBias(
  declared.chain((fields) =>
    fc
      .array(documentOf(fields), { minLength: 20, maxLength: 60 })
      .map((documents) => ({ mapping: mappingOf(fields), documents })),
  ),
);
