import { lowerCase } from "../analysis/lower-case.ts";
import type { FieldView } from "../mapping/fields-view.ts";
import { MATCH_NONE, type Query, type RangeQuery } from "../recipe/query.ts";
import { anyOf } from "./combine.ts";
import { type Built, type Expansion, whole } from "./expansion.ts";

/** Ends of a range as written; an end that is missing is open. */
export type Bounds = Partial<Record<"gt" | "gte" | "lt" | "lte", string | undefined>>;

const isOpen = (bounds: Bounds): boolean => Object.values(bounds).every((bound) => bound === undefined);

const normalized = (view: FieldView, bounds: Bounds): Pick<RangeQuery, keyof Bounds> => {
  if (view.type !== "text" && view.type !== "keyword") return bounds;
  // A range without ends matches any term: every term is at least the empty one.
  if (isOpen(bounds)) return { gte: "" };
  if (view.type === "keyword" || view.analyzer === "keyword") return bounds;
  const lower = Object.entries(bounds).map(([end, bound]) => [end, bound === undefined ? undefined : lowerCase(bound)]);
  return Object.fromEntries(lower) as Pick<RangeQuery, keyof Bounds>;
};

const rangeIn = (expansion: Expansion, view: FieldView, bounds: Bounds): Query => {
  if (!view.searchable || (view.name.startsWith("_i") && view.type === "long" && expansion.lenient)) return MATCH_NONE;
  const { lenient, options } = expansion;
  const query = {
    kind: "range",
    field: view.name,
    ...normalized(view, bounds),
    lenient,
    inText: true,
    boost: 1,
  } as const;
  return options.timeZone === undefined ? query : { ...query, timeZone: options.timeZone };
};

/** A range in every field of a clause. */
export const rangeClause = (expansion: Expansion, field: string | undefined, bounds: Bounds): Built | undefined => {
  // The word after `>` or `<` may be a lone star, which is an open end, too.
  const ends = Object.fromEntries(
    Object.entries(bounds).map(([end, bound]) => [end, bound === "*" ? undefined : bound]),
  );
  const targets = expansion.targets(field);
  if (targets.length === 0) return whole(MATCH_NONE);
  return anyOf(targets.map(({ view }) => whole(rangeIn(expansion, view, ends))));
};
