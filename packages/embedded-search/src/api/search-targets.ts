import type { Cluster } from "../cluster/cluster.ts";
import type { ExpressionOptions } from "../cluster/index-expression.ts";
import type { StoredIndex } from "../cluster/stored-index.ts";
import type { SearchTarget } from "../hits/scope.ts";
import type { Query } from "../recipe/query.ts";

/** The indices of an expression, with what a search sees in them now. */
export const searchTargets = (
  expression: string,
  options: ExpressionOptions,
  cluster: Cluster,
): readonly SearchTarget[] =>
  cluster.resolve(expression, options).map(({ index, by }) => {
    index.refreshIfDue();
    return targetOf(index, by.aliases && aliasFilter(index, by.aliases));
  });

const targetOf = (
  index: StoredIndex,
  filter: Query | undefined,
  snapshot = index.documents.snapshot(),
): SearchTarget => {
  const { documents } = index;
  return {
    name: index.name,
    aliases: [...index.aliases.keys()],
    uuid: index.uuid,
    shards: index.shards,
    mapping: index.mapping,
    snapshot,
    filter,
    find: (id) => documents.find(id),
    renewed: () => targetOf(index, filter, snapshot),
    isGone: () => index.isDeleted,
    isCurrent: () => documents.isCurrent(snapshot),
    sources: (places) => index.sourcesIn(places),
  };
};

/** Documents that pass the filter of any of the aliases; an alias without a filter passes everything. */
const aliasFilter = (index: StoredIndex, names: readonly string[]): Query | undefined => {
  const filters = names.map((name) => index.aliases.get(name)?.filter);
  const [only, ...more] = filters;
  if (filters.some((filter) => filter === undefined) || more.length === 0) return only;
  const should = filters.filter((filter) => filter !== undefined);
  return { kind: "bool", must: [], filter: [], should, mustNot: [], boost: 1 };
};
