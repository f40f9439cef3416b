import { isoUtc } from "@mozdef/alert";
import type {
  AlertChangeRecord,
  AlertComment,
  AlertDocument,
  AlertLife,
  AlertStatus,
  CloseReason,
} from "@mozdef/alert/runtime";
import { StoreError } from "../store-error.ts";

/** What somebody does to an alert. */
export type AlertChange =
  | { readonly kind: "status"; readonly status: AlertStatus }
  | { readonly kind: "close"; readonly reason: CloseReason; readonly comment?: string | undefined }
  /** Nothing changes about one that is open. */
  | { readonly kind: "reopen" }
  /** Null: nobody takes care of it any more. */
  | { readonly kind: "assign"; readonly assignee: string | null }
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "link"; readonly url: string; readonly title: string };

/** Who changes an alert, and when. */
export interface Changing {
  readonly by: string;
  readonly now: Date;
}

/** Characters of a comment. */
export const LONGEST_COMMENT = 10_000;

/** Changes that an alert keeps. */
export const MOST_CHANGES = 1_000;

/** The fields of an alert that change. */
export type ChangedFields = AlertLife & Pick<Partial<AlertDocument>, "status" | "resolveafterms">;

/**
 * What becomes of the fields of an alert.
 *
 * @returns null when nothing changes.
 * @throws {StoreError} `STORE_CHANGE_INVALID`, or `STORE_HISTORY_FULL` for one change too many.
 */
export const changedFields = (before: AlertDocument, change: AlertChange, who: Changing): ChangedFields | null => {
  check(change);
  const fields = FIELDS[change.kind](before, change as never, who);
  if (fields !== null && (fields.history?.length ?? 0) > MOST_CHANGES)
    throw new StoreError(
      "STORE_HISTORY_FULL",
      `The alert has been changed too often. Expected: at most ${MOST_CHANGES} changes. It has ${before.history?.length ?? 0}.`,
    );
  return fields;
};

type Of<Kind extends AlertChange["kind"]> = Extract<AlertChange, { readonly kind: Kind }>;

type FieldsOf<Kind extends AlertChange["kind"]> = (
  before: AlertDocument,
  change: Of<Kind>,
  who: Changing,
) => ChangedFields | null;

const FIELDS: { readonly [Kind in AlertChange["kind"]]: FieldsOf<Kind> } = {
  status: (before, { status }, who) =>
    status === "closed"
      ? closedFields(before, { reason: before.status === "closed" ? (before.closereason ?? null) : null }, who)
      : opened(before, status, who),
  close: (before, change, who) => closedFields(before, change, who),
  reopen: (before, _change, who) => (before.status === "closed" ? opened(before, "manual", who) : null),
  assign: (before, { assignee }, who) => ({
    assignee,
    history: noted(before, who, { action: "assign", from: before.assignee ?? null, to: assignee }),
  }),
  comment: (before, { text }, who) => ({
    comments: commented(before, text, who),
    history: noted(before, who, { action: "comment" }),
  }),
  link: (before, { url, title }, who) => ({
    links: [...(before.links ?? []), { ...signed(who), url, title }],
    history: noted(before, who, { action: "link", text: title }),
  }),
};

/** What becomes of the fields of an alert that is closed. Who had acknowledged it stays known. */
export const closedFields = (
  before: Pick<AlertDocument, "status" | "history" | "comments">,
  { reason, comment }: { readonly reason: CloseReason | null; readonly comment?: string | undefined },
  who: Changing,
): ChangedFields => {
  const history = noted(before, who, {
    ...{ action: "close", from: before.status, to: "closed" },
    ...(reason !== null && { text: reason }),
  });
  const at = signed(who);
  return {
    ...{ status: "closed", closedat: at.at, closedby: at.by, closereason: reason },
    ...(comment === undefined
      ? { history }
      : {
          comments: commented(before, comment, who),
          history: noted({ history }, who, { action: "comment" }),
        }),
  };
};

/** What people open again, people close: otherwise the service would do it at the next run. */
const opened = (before: AlertDocument, status: AlertStatus, who: Changing): ChangedFields => {
  const isClosed = before.status === "closed";
  const { at, by } = signed(who);
  const isAcknowledged = status === "acknowledged";
  return {
    ...{ status, acknowledged: isAcknowledged ? at : null, acknowledgedby: isAcknowledged ? by : null },
    ...(isClosed && { closedat: null, closedby: null, closereason: null, resolveafterms: null }),
    history: noted(before, who, { action: isClosed ? "reopen" : "status", from: before.status, to: status }),
  };
};

const signed = ({ by, now }: Changing): { readonly at: string; readonly by: string } => ({ at: isoUtc(now), by });

const commented = (before: Pick<AlertLife, "comments">, text: string, who: Changing): readonly AlertComment[] => [
  ...(before.comments ?? []),
  { ...signed(who), text },
];

/** The history of an alert with one change more. */
const noted = (
  { history = [] }: Pick<AlertLife, "history">,
  who: Changing,
  record: Omit<AlertChangeRecord, "at" | "by">,
): readonly AlertChangeRecord[] => [...history, { ...signed(who), ...record }];

/** The interface of the service checks the same; this is for other callers. */
const check = (change: AlertChange): void => {
  const text = change.kind === "comment" ? change.text : change.kind === "close" ? change.comment : undefined;
  if (text !== undefined && (text.trim() === "" || text.length > LONGEST_COMMENT))
    throw invalid("comment", `a text of at most ${LONGEST_COMMENT} characters`, `${text.length} characters`);
  if (change.kind === "link" && !isWebAddress(change.url))
    throw invalid("link", "an http or https address", JSON.stringify(change.url.slice(0, 200)));
};

const isWebAddress = (url: string): boolean => URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);

const invalid = (kind: string, expected: string, received: string): StoreError =>
  new StoreError(
    "STORE_CHANGE_INVALID",
    `Cannot change the alert: wrong ${kind}. Expected: ${expected}. Received: ${received}.`,
  );
