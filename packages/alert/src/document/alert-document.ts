import { preview } from "@mozdef/query/tools";
import { AlertError, messageOf } from "../alert-error.ts";
import { fitDraft, type FittedDraft } from "./fit-draft.ts";
import type { EventSource, Hit } from "./event.ts";
import type { AlertDraft } from "./alert-draft.ts";
import { isSeverity, notifies, SEVERITIES } from "./severity.ts";
import { isoUtc } from "./iso-utc.ts";

/** What people make of an alert; a new one is `manual`. `closed` is one that nobody has to do anything about any more. */
export type AlertStatus = "manual" | "inProgress" | "acknowledged" | "escalated" | "closed";

/** What keeps an alert from being sent. */
export interface MutedBy {
  readonly kind: "silence" | "window" | "inhibition";
  /** Of the silence, of the other alert; the name of the window. */
  readonly id: string;
  /** For people. */
  readonly reason: string;
}

/**
 * Why an alert was closed: what it told of was an attack, was none, is allowed, or is told by another alert. `resolved`: its condition has
 * ended, which only the service says.
 */
export type CloseReason = "truePositive" | "falsePositive" | "benign" | "duplicate" | "resolved";

/** One change of an alert. */
export interface AlertChangeRecord {
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
  readonly action: "status" | "close" | "reopen" | "assign" | "comment" | "link";
  /** The status before and after; of `assign`, whom it was and is assigned to, null for nobody. Absent for the rest. */
  readonly from?: string | null;
  readonly to?: string | null;
  /** The reason of `close`, the title of `link`. What a comment says is in `comments`. */
  readonly text?: string;
}

/** What somebody says about an alert. */
export interface AlertComment {
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

/** Where else something about an alert is: a ticket, a chat. */
export interface AlertLink {
  readonly at: string;
  readonly by: string;
  /** http or https. */
  readonly url: string;
  readonly title: string;
}

/** What people and the service make of an alert once it is stored. A new alert has none of it. */
export interface AlertLife {
  /** When and by whom it was acknowledged; null when that was taken back. */
  readonly acknowledged?: string | null;
  readonly acknowledgedby?: string | null;
  /** Who takes care of it; null for nobody any more. */
  readonly assignee?: string | null;
  /** When, by whom and why it was closed; null when it is open again. */
  readonly closedat?: string | null;
  readonly closedby?: string | null;
  readonly closereason?: CloseReason | null;
  /** Every change, oldest first. */
  readonly history?: readonly AlertChangeRecord[];
  readonly comments?: readonly AlertComment[];
  readonly links?: readonly AlertLink[];
}

/** An event inside an alert. */
export interface EmbeddedEvent {
  readonly documentindex: string;
  readonly documentsource: EventSource;
  readonly documentid: string;
}

/** An alert as stored, field by field what MozDef stores. */
export interface AlertDocument extends AlertLife {
  /** ISO 8601 in UTC, `+00:00`, microseconds only when there are any. */
  readonly utctimestamp: string;
  readonly severity: string;
  readonly summary: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly events: readonly EmbeddedEvent[];
  readonly channel: string | null;
  readonly notify_mozdefbot: boolean;
  readonly status: AlertStatus;
  readonly classname: string;
  readonly url?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly string[];
  /** Why nobody was sent it; absent for those that were. */
  readonly mutedby?: readonly MutedBy[];
  /** What it is about, with `quietFor` only; so are the rest. */
  readonly groupkey?: string;
  /** Events that it covers, those that were added later among them; for an alert of silence, how often it was found. */
  readonly count?: number;
  /** The slot of the alert, and the last one at which events were added. */
  readonly firstseen?: string;
  readonly lastseen?: string;
  /** The `count` from which a tenfold one makes a new alert. */
  readonly firstcount?: number;
  /**
   * Milliseconds after `lastseen` after which the service closes it, with `resolveAfter` only; null once people have opened it again, and are
   * to close it.
   */
  readonly resolveafterms?: number | null;
  /** The id of the alert about the same that people had closed before. */
  readonly previous?: string;
}

/** What the runtime knows of a new alert. */
export interface AlertFacts {
  readonly now: Date;
  readonly classname: string;
  /** Embedded unless the draft has its own. */
  readonly events: readonly Hit[];
  /** Where its search looked, when there is no index of that name: said in the alert, since silence means something else then. */
  readonly missing?: readonly string[];
  /** What later finds are added to it by. Default: none are. */
  readonly quiet?: { readonly groupkey: string; readonly count: number; readonly resolveMs: number | null };
}

/**
 * The document of a new alert.
 *
 * @throws {AlertError} `ALERT_DRAFT_INVALID` naming the key, what was expected and what came.
 * @see MozDef `alerts/lib/alerttask.py`, `createAlertDict`.
 */
export const alertDocument = (
  made: AlertDraft,
  { now, classname, events: found, missing = [], quiet }: AlertFacts,
): AlertDocument => {
  checkDraft(classname, made);
  const { draft, events, notes } = fitted(classname, made, made.events ?? found);
  const severity = draft.severity ?? "NOTICE";
  return {
    utctimestamp: isoUtc(now),
    severity,
    summary: draft.summary,
    category: draft.category,
    tags: [...draft.tags],
    events: events.map(embedded),
    channel: draft.channel ?? null,
    notify_mozdefbot: notifies({ ...draft, severity }),
    status: "manual",
    classname,
    ...(draft.url != null && draft.url !== "" && { url: draft.url }),
    ...(draft.details !== undefined && { details: draft.details }),
    ...(quiet !== undefined && quietFields(quiet, now)),
    ...errorsField([
      ...(missing.length > 0 ? [`No such index: nothing matches ${missing.join(", ")}.`] : []),
      ...notes,
    ]),
  };
};

const errorsField = (errors: readonly string[]): Pick<AlertDocument, "errors"> => (errors.length > 0 ? { errors } : {});

const fitted = (classname: string, draft: AlertDraft, events: readonly Hit[]): FittedDraft => {
  try {
    return fitDraft(draft, events);
  } catch (cause) {
    throw new AlertError(
      "ALERT_DRAFT_INVALID",
      `${classname} returned an alert that cannot be stored. Expected: values that JSON has. Received: ${messageOf(cause)}.`,
      { cause },
    );
  }
};

const quietFields = ({ groupkey, count, resolveMs }: NonNullable<AlertFacts["quiet"]>, now: Date) => ({
  groupkey,
  count,
  firstcount: count,
  firstseen: isoUtc(now),
  lastseen: isoUtc(now),
  ...(resolveMs !== null && { resolveafterms: resolveMs }),
});

const embedded = ({ _index, _source, _id, original = _source }: Hit): EmbeddedEvent => ({
  documentindex: _index,
  documentsource: original,
  documentid: _id,
});

const CHECKS: { readonly [Key in keyof AlertDraft]-?: readonly [expected: string, (value: unknown) => boolean] } = {
  summary: ["a non-empty string", (value) => typeof value === "string" && value !== ""],
  category: ["a non-empty string", (value) => typeof value === "string" && value !== ""],
  tags: ["a list of strings", (value) => Array.isArray(value) && value.every((tag) => typeof tag === "string")],
  severity: [`one of ${SEVERITIES.join(", ")}`, (value) => value === undefined || isSeverity(value)],
  events: ["a list of events as the hook received them", (value) => value === undefined || isHitList(value)],
  url: ["a string", (value) => value == null || typeof value === "string"],
  channel: ["a string", (value) => value == null || typeof value === "string"],
  notify_mozdefbot: ["true or false", (value) => value == null || typeof value === "boolean"],
  details: ["an object", (value) => value === undefined || isObject(value)],
  groupkey: ["a string", (value) => value === undefined || typeof value === "string"],
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const isHitList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((hit) => typeof hit === "object" && hit !== null && "_index" in hit && "_id" in hit && "_source" in hit);

const checkDraft = (classname: string, draft: AlertDraft): void => {
  const values = draft as unknown as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(values))
    if (!Object.hasOwn(CHECKS, key))
      throw invalid(classname, key, `no such key; known are ${Object.keys(CHECKS).join(", ")}`, values[key]);
  for (const [key, [expected, fits]] of Object.entries(CHECKS))
    if (!fits(values[key])) throw invalid(classname, key, expected, values[key]);
};

const invalid = (classname: string, key: string, expected: string, value: unknown): AlertError =>
  new AlertError(
    "ALERT_DRAFT_INVALID",
    `${classname} returned an alert with a wrong "${key}". Expected: ${expected}. Received: ${preview(value)}.`,
  );
