import type { AlertContext, AlertTask } from "@mozdef/alert";
import { askedField, type PlannedSearch, runMain, type SearchedSource, type SourceChoice } from "@mozdef/alert/runtime";
import { type AlertStore, asOf } from "@mozdef/alert-store";
import { type Answers, askStore, type Scope } from "./ask-store.ts";
import type { ClauseExplanation, Explanation, GroupExplanation, SearchExplanation } from "./explanation/explanation.ts";
import { explainedKindOf } from "./kinds/kinds.ts";
import { type Part, partsOf } from "./parts.ts";
import { reasonsFor, type Reasons } from "./reasons.ts";

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
 * @throws {AlertError} when `main` fails. @throws what the client throws when the store refuses a search.
 */
export const explain = async (
  store: AlertStore,
  task: AlertTask<unknown>,
  { context, choice, event, ...scope }: ExplainOptions,
): Promise<Explanation> => {
  const searches = await runMain(task, context, choice);
  const explained: SearchExplanation[] = [];
  // One after the other: each is a heavy request, and nobody waits for a second one.
  for (const planned of searches) {
    const one = typeof event === "function" ? event(planned.source) : event;
    explained.push(await explainSearch(store, planned, { ...scope, event: one, now: context.now }));
  }
  return { alert: task.name, now: context.now.toISOString(), searches: explained };
};

/** {@link explain} for a search that was planned already. */
export const explainSearch = async (
  store: AlertStore,
  planned: PlannedSearch,
  scope: Scope & { readonly now: Date },
): Promise<SearchExplanation> => {
  const parts = partsOf(planned, scope.now);
  const { search, source } = planned;
  const kind = explainedKindOf(search);
  const grouping = kind.grouping(search, (field) => askedField(source, field));
  const answers = await askStore(store, planned, parts, grouping, scope);
  const reasons = scope.event === undefined ? null : await reasonsFor(store, planned, scope.event, scope.now);
  const groups = grouping === null ? [] : groupsOf(parts, answers, grouping.threshold);
  return {
    name: planned.name,
    kind: search.kind,
    indices: source.indices,
    window: windowOf(planned, scope.now),
    looked: answers.looked,
    matching: answers.all.count,
    alreadyAlerted: lostTo(parts.filter(isRerunGuard), answers),
    clauses: parts.map((part) => clauseOf(part, answers, reasons)),
    aggregation: grouping === null ? null : { field: grouping.field, threshold: grouping.threshold, groups },
    fires: kind.fires(answers.all.count, groups),
  };
};

const windowOf = ({ query, source }: PlannedSearch, slot: Date): SearchExplanation["window"] => {
  const { windowMs } = query.plan;
  if (windowMs === null) return null;
  const { now } = asOf(source, slot);
  return { from: new Date(now.getTime() - windowMs).toISOString(), to: now.toISOString() };
};

/** The clause that keeps events from alerting twice under one name. */
const isRerunGuard = ({ clause }: Part): boolean => clause?.kind === "term" && clause.field === "alert_names";

const lostTo = (parts: readonly Part[], { all, without }: Answers): number =>
  parts.reduce((sum, { id }) => sum + (without.get(id)?.count ?? 0) - all.count, 0);

const clauseOf = (part: Part, answers: Answers, reasons: Reasons | null): ClauseExplanation => {
  const passes = answers.alone.get(part.id) ?? 0;
  return {
    part: part.part,
    text: part.text,
    passes,
    losesAlone: (answers.without.get(part.id)?.count ?? answers.all.count) - answers.all.count,
    reason: reasons === null || passes > 0 ? null : reasons(part),
    inner: part.inner.map((inner) => clauseOf(inner, answers, reasons)),
  };
};

const MOST_SHOWN = 10;

/** The groups nearest to the threshold, with what keeps their other events out. */
const groupsOf = (
  parts: readonly Part[],
  { all, without }: Answers,
  threshold: number,
): readonly GroupExplanation[] => {
  const values = new Set([all, ...without.values()].flatMap(({ groups }) => [...groups.keys()]));
  const explained = [...values].map((value): GroupExplanation => {
    const count = all.groups.get(value) ?? 0;
    const lost = parts.flatMap(({ id, text }) => {
      const more = (without.get(id)?.groups.get(value) ?? 0) - count;
      return more > 0 ? [{ clause: text, count: more }] : [];
    });
    return { value, count, missing: Math.max(0, threshold - count), lost };
  });
  const near = ({ count, lost }: GroupExplanation): number =>
    count * 1_000_000 + Math.max(0, ...lost.map((one) => one.count));
  return explained.sort((a, b) => near(b) - near(a) || (a.value < b.value ? -1 : 1)).slice(0, MOST_SHOWN);
};
