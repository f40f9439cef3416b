import type { Search } from "@mozdef/alert";
import { kindOf, type Measure, type PlannedSearch } from "@mozdef/alert/runtime";
import type { SearchQuery } from "@mozdef/query";

/** A query of a search, and where it is asked. */
export interface AskedQuery extends Pick<PlannedSearch, "source"> {
  readonly query: SearchQuery;
}

/** All queries of a search: its own, and those of its steps or of the events that are 100 %. */
export const queriesOf = (planned: PlannedSearch): readonly AskedQuery[] => {
  const { search } = planned;
  return [search.query, ...search.further].map((query, place) => ({ query, source: sourceAt(planned, place) }));
};

/** A step of a sequence may look elsewhere. */
const sourceAt = ({ search, source }: PlannedSearch, place: number): PlannedSearch["source"] => {
  const indices = search.kind === "sequence" ? search.places[place]?.indices : null;
  return indices == null ? source : { ...source, indices };
};

/** A field that is not part of a clause. */
export interface AskedField extends Pick<PlannedSearch, "source"> {
  readonly field: string;
  /** What the search does with it: `groups by hostname`. */
  readonly text: string;
  /** Null when it makes groups. */
  readonly measure: Measure["of"] | null;
}

/** The fields that make groups, those that steps have for them, and the one that is measured. */
export const fieldsOf = (planned: PlannedSearch): readonly AskedField[] => {
  const { search, source } = planned;
  const grouped = kindOf(search)
    .groupedBy(search)
    .map((field): AskedField => ({ field, source, text: `${VERBS[search.kind]} ${field}`, measure: null }));
  const steps =
    search.kind !== "sequence"
      ? []
      : search.places.flatMap(({ by }, place) =>
          (by ?? []).map((field): AskedField => ({
            field,
            source: sourceAt(planned, place),
            text: `step ${place + 1} goes by ${field}`,
            measure: null,
          })),
        );
  const measure = search.kind === "aggregation" || search.kind === "spike" ? search.measure : null;
  if (measure === null) return [...grouped, ...steps];
  const { of, field } = measure;
  return [...grouped, ...steps, { field, source, text: `${of}Of("${field}")`, measure: of }];
};

const VERBS: Readonly<Record<Search["kind"], string>> = {
  eachEvent: "groups by",
  aggregation: "groups by",
  newTerm: "looks for new values of",
  spike: "groups by",
  sequence: "goes by",
  percentage: "groups by",
  noEvent: "looks after each",
};
