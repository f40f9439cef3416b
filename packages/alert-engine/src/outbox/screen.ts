import {
  type AlertStore,
  currentAlerts,
  type DispatchChange,
  type OpenAlertSource,
  type StoredDispatch,
} from "@mozdef/alert-store";
import type { Hit } from "@mozdef/alert";
import type { Mutes } from "../routing/mutes.ts";
import type { RouteOptions } from "../routing/route.ts";

/** What becomes of dispatches that are due, before anything is sent. */
export interface Screened {
  readonly passed: readonly StoredDispatch[];
  readonly changes: readonly (readonly [StoredDispatch, DispatchChange])[];
}

export interface ScreenOptions {
  readonly store: AlertStore;
  readonly mutes: Mutes;
  readonly optionsOf: (route: string | undefined) => RouteOptions;
  readonly now: Date;
}

/**
 * Stage: what has waited, or is sent once more, is looked at again. It may be that nobody needs it any more, since somebody has taken care
 * of the alert, or that it has been muted meanwhile. What is sent at once was looked at when it was decided.
 *
 * @throws {StoreError}
 */
export const screen = async (
  due: readonly StoredDispatch[],
  { store, mutes, optionsOf, now }: ScreenOptions,
): Promise<Screened> => {
  const waited = due.filter(hasWaited);
  if (waited.length === 0) return { passed: due, changes: [] };
  const alerts = await currentAlerts(store, waited);
  const known = alerts.filter((alert) => alert !== null);
  const muted = new Map((await mutes.mutedBy(known, now)).map((by, place) => [known[place], by]));
  const changes = waited.flatMap((dispatch, place): (readonly [StoredDispatch, DispatchChange])[] => {
    const alert = alerts[place];
    // What is gone from the store is still what was to be sent.
    if (alert === null || alert === undefined) return [];
    const at = now.toISOString();
    const needless = needlessness(dispatch, alert);
    if (needless !== null)
      return [
        [dispatch, { status: isRepeated(dispatch) ? "done" : "muted", nextat: at, reason: needless, batch: null }],
      ];
    const reasons = muted.get(alert) ?? [];
    if (reasons.length === 0) return [];
    const reason = reasons.map((by) => by.reason).join("; ");
    const { repeatMs } = optionsOf(dispatch.route);
    // Whoever silences an alert for an hour wants to be reminded afterwards.
    if (isRepeated(dispatch) && repeatMs !== null)
      return [[dispatch, { nextat: new Date(now.getTime() + repeatMs).toISOString(), reason, batch: null }]];
    return [[dispatch, { status: "muted", nextat: at, reason, batch: null }]];
  });
  const changed = new Set(changes.map(([dispatch]) => dispatch));
  return { passed: due.filter((dispatch) => !changed.has(dispatch)), changes };
};

export const isNotice = ({ notice }: StoredDispatch): boolean => notice !== undefined;

const isRepeated = ({ times = 0 }: StoredDispatch): boolean => times > 0;

/** An attempt that is part of a message goes on as it began. */
const hasWaited = (dispatch: StoredDispatch): boolean =>
  !isNotice(dispatch) &&
  // Somebody wants it sent, and knows what mutes it.
  dispatch.isReplayed !== true &&
  (dispatch.attempts > 0 ||
    dispatch.isEscalation === true ||
    isRepeated(dispatch) ||
    Date.parse(dispatch.nextat) > Date.parse(dispatch.utctimestamp));

/** Why nobody needs it any more; null when somebody does. */
const needlessness = (dispatch: StoredDispatch, { _source }: Hit<OpenAlertSource>): string | null => {
  const { status, acknowledgedby } = _source;
  if (status === "closed") return "the alert was closed before";
  if (status === "acknowledged" && (dispatch.isEscalation === true || isRepeated(dispatch)))
    return `the alert was acknowledged by ${acknowledgedby ?? "somebody"} before`;
  return null;
};
