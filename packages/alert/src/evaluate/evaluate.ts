import { received } from "@mozdef/query";
import { AlertError, messageOf } from "../alert-error.ts";
import { type AlertDocument, type AlertDraft, alertDocument } from "../document/alert-document.ts";
import { type Hit, sortedByTime } from "../document/event.ts";
import { isoUtc } from "../document/iso-utc.ts";
import type { AlertTask, HookResult } from "../task/alert-task.ts";
import type { AlertContext, HookContext } from "../task/context.ts";
import { alertIdOfEvents, alertIdOfSilence } from "./alert-id.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { bySize, type Finding } from "./finding.ts";
import type { PlannedSearch } from "./plan-search.ts";

/** An alert that is to be stored, with the events that are to be marked. */
export interface NewAlert {
  readonly id: string;
  /** Index or alias without the store's prefix: `alerts-YYYYMM` of the slot. */
  readonly index: string;
  readonly document: AlertDocument;
  /** Every event the alert covers, not just those it embeds. */
  readonly covers: readonly Pick<Hit, "_index" | "_id">[];
}

/** What became of one search. */
export interface Evaluation {
  readonly alerts: readonly NewAlert[];
  /** One for each event or group whose hook failed; the others went on. */
  readonly errors: readonly AlertError[];
}

/** One search of a run and what it found. */
export interface PlannedFinding {
  readonly planned: PlannedSearch;
  readonly finding: Finding;
}

/**
 * From what was found to alerts: (task, findings, context) -> alerts. Touches nothing but what the hooks reach through
 * the context.
 *
 * An event that one search of the task has alerted under a name is left out of its later searches under the same name,
 * as it would be if the marks were written in between.
 *
 * @see MozDef `alerts/lib/alerttask.py`, `walkEvents` and `walkAggregations`.
 */
export const evaluate = async (
  task: AlertTask<unknown>,
  findings: readonly PlannedFinding[],
  context: AlertContext,
): Promise<Evaluation> => {
  const covered = new Set<string>();
  const alerts: NewAlert[] = [];
  const errors: AlertError[] = [];
  for (const { planned, finding } of findings)
    for (const subject of subjectsOf(planned, finding, covered, context.now)) {
      try {
        const draft = await subject.call(task, { ...context, data: planned.search.data });
        if (draft == null) continue;
        alerts.push(newAlert(planned, subject, draft, context.now));
        for (const event of subject.events) covered.add(keyOf(planned.name, event));
      } catch (cause) {
        errors.push(hookError(planned, subject, cause));
      }
    }
  return { alerts, errors };
};

/** What one call of a hook is about: an event, a group, or silence. */
interface Subject {
  readonly id: string;
  readonly about: string;
  readonly events: readonly Hit[];
  readonly call: (task: AlertTask<unknown>, context: HookContext) => HookResult;
}

function* subjectsOf(
  planned: PlannedSearch,
  finding: Finding,
  covered: ReadonlySet<string>,
  now: Date,
): Generator<Subject> {
  const isFresh = (hit: Hit): boolean => !covered.has(keyOf(planned.name, hit));
  switch (finding.kind) {
    case "noEvent":
      if (!finding.found) yield silence(planned, now);
      return;
    case "eachEvent":
      // Asked again for each: an alert for one event takes later copies of it out.
      for (const hit of sortedByTime(finding.hits)) if (isFresh(hit)) yield oneEvent(planned, deepFreeze(hit));
      return;
    case "aggregation":
      for (const { value, events } of [...finding.groups].sort(bySize)) {
        const [oldest, ...rest] = sortedByTime(events.filter(isFresh));
        if (oldest !== undefined && rest.length + 1 >= thresholdOf(planned))
          yield groupOf(planned, value, deepFreeze([oldest, ...rest]));
      }
  }
}

const keyOf = (name: string, { _index, _id }: Pick<Hit, "_index" | "_id">): string =>
  JSON.stringify([name, _index, _id]);

const silence = (planned: PlannedSearch, now: Date): Subject => ({
  id: alertIdOfSilence(planned, now),
  about: "no event",
  events: [],
  call: (task, context) => required(task, "onNoEvent").call(task, planned.search, context),
});

const oneEvent = ({ name }: PlannedSearch, event: Hit): Subject => ({
  id: alertIdOfEvents(name, event, null),
  about: `event ${event._index}/${event._id}`,
  events: [event],
  call: (task, context) => required(task, "onEvent").call(task, event, context),
});

const groupOf = ({ name, search }: PlannedSearch, value: string, events: readonly [Hit, ...Hit[]]): Subject => ({
  id: alertIdOfEvents(name, events[0], value),
  about: `group ${received(value)}`,
  events,
  call: (task, context) =>
    required(task, "onAggregation").call(
      task,
      { value, count: events.length, events: samplesOf(search, events), allEvents: events },
      context,
    ),
});

const thresholdOf = ({ search }: PlannedSearch): number => (search.kind === "aggregation" ? search.threshold : 1);

const samplesOf = (search: PlannedSearch["search"], events: readonly Hit[]): readonly Hit[] =>
  Object.freeze(search.kind === "aggregation" ? events.slice(0, search.samplesLimit) : [...events]);

const required = <Hook extends "onEvent" | "onAggregation" | "onNoEvent">(
  task: AlertTask<unknown>,
  hook: Hook,
): NonNullable<AlertTask<unknown>[Hook]> => {
  const method = task[hook];
  if (typeof method === "function") return method;
  throw new AlertError(
    "ALERT_HOOK_MISSING",
    `${task.name} returned a search that needs the hook ${hook}, but has no such method.`,
  );
};

const newAlert = (
  { name, search }: PlannedSearch,
  { id, events }: Subject,
  draft: AlertDraft,
  now: Date,
): NewAlert => ({
  id,
  index: `alerts-${isoUtc(now).slice(0, 7).replace("-", "")}`,
  document: alertDocument(draft, { now, classname: name, events: samplesOf(search, events) }),
  covers: events.map(({ _index, _id }) => ({ _index, _id })),
});

const hookError = ({ name }: PlannedSearch, { about }: Subject, cause: unknown): AlertError =>
  cause instanceof AlertError
    ? cause
    : new AlertError("ALERT_HOOK_FAILED", `${name} failed on ${about}: ${messageOf(cause)}`, { cause });
