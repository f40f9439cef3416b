import type { PlannedSearch, Subject } from "@mozdef/alert/runtime";
import { type AlertStore, askedIndex, asOf } from "@mozdef/alert-store";
import { compile, type QueryContainer, type SearchQuery } from "@mozdef/query";
import { compileWindow } from "@mozdef/query/tools";
import { allBut, EVERYTHING } from "./ask/ask-clauses.ts";
import { type CountedGroups, countGroups, type GroupQuestion } from "./ask/count-groups.ts";
import { type Keys, membersOfAny, valueOf } from "./ask/members.ts";
import type { ExplainedQuery } from "./explained-query.ts";
import type { GroupsExplanation } from "./explanation/explanation.ts";
import type { AskedGroups, CountGroups, ExplainedKind, LostGroup, NearGroup } from "./kinds/explained-kind.ts";
import { partsOf } from "./parts.ts";
import type { Search } from "@mozdef/alert";
import type { Scope } from "./scope.ts";

/** A search whose groups are explained. */
export interface GroupsAsked extends Scope {
  readonly store: AlertStore;
  readonly planned: PlannedSearch;
  readonly queries: readonly ExplainedQuery[];
  readonly fields: readonly string[];
  /** Null for all of them. */
  readonly only: readonly Keys[] | null;
  readonly now: Date;
  readonly firing: readonly Subject[];
}

/** The groups of a search, and what keeps it from firing whatever they are. */
export interface ExplainedGroups {
  readonly groups: GroupsExplanation;
  readonly note: string | null;
}

const MOST_SHOWN = 10;

/** How near the groups of a search are. Those that fire come first. */
export const explainGroups = async (asked: GroupsAsked, kind: ExplainedKind<Search>): Promise<ExplainedGroups> => {
  const firing = new Map(asked.firing.map((subject) => [subject.group, subject]));
  const near = await kind.near(questionsOf(asked, firing));
  const isAsked = ({ keys, events }: NearGroup): boolean => {
    if (asked.group !== undefined) return valueOf(keys) === asked.group;
    return events === undefined || asked.event === undefined || events.some(({ _id }) => _id === asked.event?._id);
  };
  const all = near.groups.filter(isAsked).map((group) => ({ ...group, fires: firing.has(valueOf(group.keys)) }));
  const order = (a: (typeof all)[number], b: (typeof all)[number]): number =>
    Number(b.fires) - Number(a.fires) || b.nearness - a.nearness || (valueOf(a.keys) < valueOf(b.keys) ? -1 : 1);
  return {
    groups: {
      fields: asked.fields,
      firing: firing.size,
      nearest: all
        .sort(order)
        .slice(0, MOST_SHOWN)
        .map(({ keys, count, fires, text, lost = [] }) => ({ value: valueOf(keys), count, fires, text, lost })),
    },
    note: near.note ?? null,
  };
};

const questionsOf = (asked: GroupsAsked, firing: ReadonlyMap<string, Subject>): AskedGroups<Search> => {
  const { store, planned, fields, only, now } = asked;
  const { source } = planned;
  const options = asOf(source, now);
  const members = only === null ? EVERYTHING : membersOfAny(fields, only);
  const count: CountGroups = (queries, { among, aggs = {} } = {}) => {
    const limits = among === undefined ? [members] : [members, membersOfAny(fields, among)];
    return countGroups(store, { source, fields, aggs }, limited(queries, limits));
  };
  return {
    store,
    planned,
    now,
    keysOf: asked.keysOf,
    fields,
    only,
    firing,
    firingKeys: [...firing.values()].slice(0, MOST_SHOWN).map(keysOf),
    compile: (query: SearchQuery) => compile(query, options).query,
    window: (windowMs) => compileWindow(windowMs, options.now, source.schema),
    withLost: (aggs) => withLost(asked, count, aggs),
    count,
    countAll: (queries, { aggs = {} } = {}) => countGroups(store, { source, fields: [], aggs }, queries),
  };
};

const limited = <Name extends string>(
  queries: Readonly<Record<Name, QueryContainer>>,
  limits: readonly QueryContainer[],
): Readonly<Record<Name, QueryContainer>> =>
  Object.fromEntries(
    Object.entries<QueryContainer>(queries).map(([name, query]): [string, QueryContainer] => [
      name,
      { bool: { filter: [query, ...limits] } },
    ]),
  ) as Record<Name, QueryContainer>;

/** The value of each field, of what a hook is called with. */
const keysOf = ({ given, group }: Subject): Keys => {
  const values = "values" in given ? Object.values(given.values) : [];
  return values.length === 0 && group !== "" ? [group] : values;
};

const withLost = async (
  { planned, queries: [asked], now }: GroupsAsked,
  count: CountGroups,
  aggs: GroupQuestion["aggs"] = {},
): Promise<readonly LostGroup[]> => {
  const parts = asked === undefined ? [] : partsOf(asked, now);
  const { all } = await count({ all: compile(planned.query, asOf(planned.source, now)).query }, { aggs });
  const without: Record<string, CountedGroups> = await count(
    Object.fromEntries(parts.map((part) => [part.id, allBut(parts, part)])),
  );
  const groups = new Map([...Object.values(without).flatMap((found) => [...found]), ...all]);
  const missing = [...groups].flatMap(([value, { keys }]) => (all.has(value) ? [] : [keys]));
  // Of the largest without a clause, those that do not belong to the largest with it may still have events.
  const { rest } =
    missing.length === 0
      ? { rest: new Map() as CountedGroups }
      : await count({ rest: compile(planned.query, asOf(planned.source, now)).query }, { aggs, among: missing });
  return [...groups].map(([value, { keys }]) => {
    const { count: own = 0, measured = {} } = all.get(value) ?? rest.get(value) ?? {};
    const lost = parts.flatMap(({ id, text }) => {
      const more = (without[id]?.get(value)?.count ?? 0) - own;
      return more > 0 ? [{ clause: text, count: more }] : [];
    });
    return { keys, count: own, measured, lost };
  });
};

/** The groups that a single event is in, at any place of its search. */
export const groupsOfEvent = async (
  store: AlertStore,
  event: NonNullable<Scope["event"]>,
  queries: readonly ExplainedQuery[],
  fields: readonly string[],
): Promise<readonly Keys[]> => {
  const found = new Map<string, Keys>();
  for (const { source, fields: own = fields } of queries) {
    const indices = [askedIndex(event._index, source)];
    const { it } = await countGroups(store, { source, fields: own }, { it: { ids: { values: [event._id] } } }, indices);
    for (const { keys, count } of it.values()) if (count > 0) found.set(valueOf(keys), keys);
  }
  return [...found.values()];
};
