import type { AlertContext, AlertTask } from "@mozdef/alert";
import {
  askedField,
  kindOf,
  type PlannedSearch,
  runMain,
  type SearchedSource,
  type SourceChoice,
  type Subject,
} from "@mozdef/alert/runtime";
import { type AlertStore, askedIndex } from "@mozdef/alert-store";
import { EVERYTHING } from "./ask/ask-clauses.ts";
import { firingIn } from "./ask/firing.ts";
import { type Keys, keysShownAs, membersOfAny, valueOf } from "./ask/members.ts";
import { ExplainError } from "./explain-error.ts";
import { explainGroups, groupsOfEvent } from "./explain-groups.ts";
import { explainQuery } from "./explain-query.ts";
import type { ExplainedQuery } from "./explained-query.ts";
import type { Explanation, QueryExplanation, SearchExplanation } from "./explanation/explanation.ts";
import { explainedKindOf } from "./kinds/kinds.ts";
import type { Scope } from "./scope.ts";

export interface ExplainOptions extends Omit<Scope, "event"> {
  /** A single event, or where it is at each place where the alert looks; undefined for all events. */
  readonly event?: Scope["event"] | ((source: SearchedSource) => Scope["event"]);
  /** What `main` gets; its `now` is the end of the window. */
  readonly context: AlertContext;
  /** Where events are. Default: in the service's own indices. */
  readonly choice?: SourceChoice;
}

/**
 * Why an alert fires or stays silent: every clause of every search asked by itself, by the code and the store that run the
 * searches. Reads only.
 *
 * @throws {AlertError} when `main` fails. @throws {ExplainError} `EXPLAIN_NO_GROUPS` when a group is asked about and no search has any.
 * @throws {StoreError} and what the client throws, when the store refuses a search.
 */
export const explain = async (
  store: AlertStore,
  task: AlertTask<unknown>,
  { context, choice, event, group, keysOf }: ExplainOptions,
): Promise<Explanation> => {
  const searches = await runMain(task, context, choice);
  const grouped = searches.filter(hasNamedGroups);
  if (group !== undefined && searches.length > 0 && grouped.length === 0) throw noGroups(task.name, group);
  const explained: SearchExplanation[] = [];
  // One after the other: each is a heavy request, and nobody waits for a second one.
  for (const planned of searches) {
    const scope = {
      now: context.now,
      event: typeof event === "function" ? event(planned.source) : event,
      group: grouped.includes(planned) ? group : undefined,
      keysOf,
    };
    explained.push(await explainSearch(store, planned, scope));
  }
  return { alert: task.name, now: context.now.toISOString(), searches: explained };
};

/** Whether its groups have values by which they can be asked about. */
const hasNamedGroups = ({ search }: PlannedSearch): boolean =>
  kindOf(search).groupedBy(search).length > 0 || isByCode(search);

const isByCode = (search: PlannedSearch["search"]): boolean => search.kind === "aggregation" && search.groupBy !== null;

const noGroups = (name: string, group: string): ExplainError =>
  new ExplainError(
    "EXPLAIN_NO_GROUPS",
    `${name} makes no groups, so it has no group ${JSON.stringify(group)}. Ask about all events, or about a single one.`,
  );

/**
 * {@link explain} for a search that was planned already.
 *
 * @throws {ExplainError} `EXPLAIN_NO_GROUPS` when a group is asked about and the search has none.
 */
export const explainSearch = async (
  store: AlertStore,
  given: PlannedSearch,
  scope: Scope & { readonly now: Date },
): Promise<SearchExplanation> => {
  const { event, group } = scope;
  if (group !== undefined && !hasNamedGroups(given)) throw noGroups(given.name, group);
  const planned = event === undefined ? given : whereItIs(given, event);
  const { search, source } = planned;
  const kind = explainedKindOf(search);
  const queries = kind.queries?.(planned) ?? [{ label: "", query: planned.query, own: search.query, source }];
  const fields = kindOf(search)
    .groupedBy(search)
    .map((field) => askedField(source, field));
  const only = await askedGroups(store, { queries, fields, isByCode: isByCode(search), ...scope });
  const all = await firingIn(store, planned, scope);
  const firing = kind.hasGroups(search) ? all.filter(isAbout(scope, only)) : all.filter(holds(event));
  const isFiring = firing.length > 0;
  const [first, ...further] = await explainQueries(store, queries, { ...scope, only, fields });
  const near = kind.hasGroups(search)
    ? await explainGroups({ ...scope, store, planned, queries, fields, only, firing }, kind)
    : null;
  if (first === undefined) throw new TypeError(`${planned.name}: a search without a query`);
  return {
    name: planned.name,
    kind: search.kind,
    looksFor: kind.looksFor(search, fields),
    ...first,
    further: further.map(({ alreadyAlerted: _, ...one }) => one),
    groups: near?.groups ?? null,
    quietMs: search.quietMs,
    resolveMs: search.resolveMs,
    fires: isFiring,
    silence: isFiring
      ? null
      : (near?.note ?? (kind.firesWithout?.(search) === true ? null : withoutEvents(first)) ?? kind.silence(search)),
  };
};

/** Looks where an event is as well: an alias may have moved on since. */
const whereItIs = (planned: PlannedSearch, event: NonNullable<Scope["event"]>): PlannedSearch => {
  const { source } = planned;
  const index = askedIndex(event._index, source);
  return source.indices.includes(index)
    ? planned
    : { ...planned, source: { ...source, indices: [...source.indices, index] } };
};

interface GroupScope extends Scope {
  readonly queries: readonly ExplainedQuery[];
  readonly fields: readonly string[];
  readonly isByCode: boolean;
}

/** The groups that are asked about; null for all of them, and for those that code makes. */
const askedGroups = async (
  store: AlertStore,
  { event, group, queries, fields, isByCode: byCode }: GroupScope,
): Promise<readonly Keys[] | null> => {
  if (byCode || fields.length === 0) return null;
  if (group !== undefined) return keysShownAs(group, fields.length);
  return event === undefined ? null : groupsOfEvent(store, event, queries, fields);
};

/** Whether a subject is about what is asked. */
const isAbout =
  ({ event, group }: Scope, only: readonly Keys[] | null) =>
  (subject: Subject): boolean => {
    if (group !== undefined) return subject.group === group;
    if (only !== null) return only.some((keys) => valueOf(keys) === subject.group);
    return event === undefined || subject.events.length === 0 || holds(event)(subject);
  };

const holds =
  (event: Scope["event"]) =>
  ({ events }: Subject): boolean =>
    event === undefined || events.length === 0 || events.some(({ _id }) => _id === event._id);

const explainQueries = async (
  store: AlertStore,
  queries: readonly ExplainedQuery[],
  {
    only,
    fields,
    event,
    now,
  }: Scope & { readonly only: readonly Keys[] | null; readonly fields: readonly string[]; readonly now: Date },
): Promise<readonly (QueryExplanation & { readonly alreadyAlerted: number })[]> => {
  const explained = [];
  for (const query of queries) {
    const members = only === null || event !== undefined ? EVERYTHING : membersOfAny(query.fields ?? fields, only);
    explained.push(await explainQuery(store, query, { event, now, members }));
  }
  return explained;
};

/** Why a search that needs events has found none; null when it has. */
const withoutEvents = ({ looked, matching }: QueryExplanation): string | null => {
  if (looked === 0) return "there is no event to look at";
  return matching === 0 ? "no event fits" : null;
};
