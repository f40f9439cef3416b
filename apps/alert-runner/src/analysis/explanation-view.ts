import { valuesAt } from "@mozdef/alert";
import type { Explanation } from "@mozdef/alert-api";
import type { ClauseExplanation, NearMiss, QueryExplanation, SearchExplanation } from "@mozdef/alert-explain";
import type { PlannedSearch } from "@mozdef/alert/runtime";

type SearchView = Explanation["searches"][number];
type ClauseView = SearchView["queries"][number]["clauses"][number];

/** The explanation of a search as the API has it. */
export const searchView = (
  { name, looksFor, fires, silence, alreadyAlerted, further, groups, ...first }: SearchExplanation,
  near: SearchView["nearMisses"],
): SearchView => ({
  ...{ name, looksFor, fires, silence, alreadyAlerted, groups },
  queries: [first, ...further].map(queryView),
  nearMisses: near,
});

const queryView = ({ label, indices, window, looked, matching, clauses }: QueryExplanation) => ({
  ...{ label, indices, window, looked, matching },
  clauses: flat(clauses),
});

/** A combination, then its clauses. */
const flat = (clauses: readonly ClauseExplanation[], depth = 0): readonly ClauseView[] =>
  clauses.flatMap(({ inner, ...clause }) => [{ depth, ...clause }, ...flat(inner, depth + 1)]);

/** The clauses of the query itself that a single event does not fit. */
export const failingClauses = ({ clauses }: SearchExplanation): readonly ClauseView[] =>
  flat(clauses).filter(({ depth, passes }) => depth === 0 && passes === 0);

const LONGEST_SUMMARY = 500;

/** An event that is nearly found. What it says comes from whoever sent it. */
export const nearMissView = (
  { event: { _index, _id }, source }: NearMiss,
  { source: { schema } }: PlannedSearch,
  failing: readonly ClauseView[],
): SearchView["nearMisses"][number] => {
  const time = firstText(source, schema.time[0]);
  const summary = firstText(source, "summary") ?? firstText(source, "message");
  return { index: _index, id: _id, time, summary: summary?.slice(0, LONGEST_SUMMARY) ?? null, failing };
};

const firstText = (source: NearMiss["source"], field: string): string | null => {
  const [value] = valuesAt(source, field);
  return value === undefined ? null : String(value);
};
