import { AlertError, messageOf } from "../alert-error.ts";
import type { AlertMessage } from "../delivery/action.ts";
import { alertDocument } from "../document/alert-document.ts";
import type { AlertDraft } from "../document/alert-draft.ts";
import type { EventIds, Hit } from "../document/event.ts";
import { kindOf, type PlannedSearch, type SearchResult } from "../kinds/kinds.ts";
import type { HookName, Subject } from "../kinds/search-kind.ts";
import type { AlertTask, HookResult } from "../task/alert-task.ts";
import type { AlertContext, HookContext } from "../task/context.ts";

/** An alert that is to be stored, and the events that are to be marked. */
export interface NewAlert {
  /** As it will be stored, with the logical name of its index. */
  readonly alert: AlertMessage;
  /** Every event the alert covers, not just those it embeds. */
  readonly covers: readonly Pick<Hit, "_index" | "_id">[];
  /** Further ones of a large group. Default: none. */
  readonly coversFurther?: readonly EventIds[];
  /** For how long the alert speaks for what has its `groupkey`, in milliseconds. Default: it speaks for itself alone. */
  readonly quietMs?: number;
}

/** What became of the searches of one run. */
export interface Evaluation {
  readonly alerts: readonly NewAlert[];
  /** One for each event or group whose hook failed; the others went on. */
  readonly errors: readonly AlertError[];
}

/** One search of a run and what it found. */
export interface AnsweredSearch {
  readonly planned: PlannedSearch;
  readonly result: SearchResult;
  /** Where it looked, when there is no index of that name. Default: none. */
  readonly missing?: readonly string[];
}

/**
 * From what was found to alerts. Touches nothing but what the hooks reach through the context.
 *
 * An event that one search of the task has alerted under a name is left out of its later searches under the same name,
 * as it would be if the marks were written in between.
 *
 * @param index - Where the alerts will be stored: a logical name, given by the store.
 * @see MozDef `alerts/lib/alerttask.py`, `walkEvents` and `walkAggregations`.
 */
export const evaluate = async (
  task: AlertTask<unknown>,
  answered: readonly AnsweredSearch[],
  context: AlertContext,
  index: string,
): Promise<Evaluation> => {
  const covered = new Set<string>();
  const alerts: NewAlert[] = [];
  const errors: AlertError[] = [];
  for (const { planned, result, missing = [] } of answered) {
    const { hook, subjects } = kindOf(planned.search);
    // Most runs find nothing, and nothing has to be copied.
    const before = covered.size === 0 ? NONE : new Set(covered);
    const isFresh = (event: Hit): boolean => !covered.has(keyOf(planned.name, event));
    const wasFresh = (event: Hit): boolean => !before.has(keyOf(planned.name, event));
    for (const subject of subjects(planned, result, { now: context.now, isFresh, wasFresh }))
      try {
        const draft = await callHook(task, hook, subject, { ...context, data: planned.search.data });
        if (draft == null) continue;
        alerts.push(newAlert(planned, index, subject, draft, { now: context.now, missing }));
        for (const event of coveredBy(planned, subject, draft)) covered.add(keyOf(planned.name, event));
      } catch (cause) {
        errors.push(hookError(planned, subject, cause));
      }
  }
  return { alerts, errors };
};

const NONE: ReadonlySet<string> = new Set();

const keyOf = (name: string, { _index, _id }: Pick<Hit, "_index" | "_id">): string =>
  JSON.stringify([name, _index, _id]);

type Hook = (this: AlertTask<unknown>, given: unknown, context: HookContext) => HookResult;

const callHook = (task: AlertTask<unknown>, hook: HookName, { given }: Subject, context: HookContext): HookResult => {
  const method: unknown = Reflect.get(task, hook);
  // A kind names its hook and makes what it is called with, so the two fit.
  if (typeof method === "function") return (method as Hook).call(task, given, context);
  throw new AlertError(
    "ALERT_HOOK_MISSING",
    `${task.name} returned a search that needs the hook ${hook}, but has no such method.`,
  );
};

const newAlert = (
  planned: PlannedSearch,
  index: string,
  subject: Subject,
  draft: AlertDraft,
  { now, missing }: { readonly now: Date; readonly missing: readonly string[] },
): NewAlert => {
  const { name, search } = planned;
  const { quietMs, resolveMs } = search;
  const { id, events, samples, group } = subject;
  const further = search.covers === "events" ? [] : (subject.further ?? []);
  const count = (subject.further ?? []).reduce((sum, { ids }) => sum + ids.length, events.length);
  const facts = { now, classname: name, events: samples, missing };
  // An alert of silence covers no event, and is found once.
  const quiet = { groupkey: draft.groupkey ?? group, count: Math.max(1, count), resolveMs };
  return {
    alert: {
      _index: index,
      _id: id,
      _source: alertDocument(draft, quietMs === null ? facts : { ...facts, quiet }),
    },
    covers: coveredBy(planned, subject, draft).map(({ _index, _id }) => ({ _index, _id })),
    ...(further.length > 0 && { coversFurther: further }),
    ...(quietMs !== null && { quietMs }),
  };
};

/** What later runs do not alert on again: all that the alert is about, or only what it carries. */
const coveredBy = ({ search }: PlannedSearch, { events, samples }: Subject, draft: AlertDraft): readonly Hit[] =>
  search.covers === "group" || events.length === 0 ? events : (draft.events ?? samples);

const hookError = ({ name }: PlannedSearch, { about }: Subject, cause: unknown): AlertError =>
  cause instanceof AlertError
    ? cause
    : new AlertError("ALERT_HOOK_FAILED", `${name} failed on ${about}: ${messageOf(cause)}`, { cause });
