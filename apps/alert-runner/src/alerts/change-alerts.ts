import type { Clock } from "@mozdef/alert-engine";
import {
  type AlertChange,
  type AlertStore,
  changeAlert,
  type ChangedAlert,
  type Precondition,
} from "@mozdef/alert-store";
import type { AlertMessage } from "@mozdef/alert/runtime";
import type { FastifyBaseLogger } from "fastify";
import { HttpError } from "../http/http-error.ts";
import { type AlertNotice, noticeOf } from "./alert-notice.ts";

export interface AlertChangerOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  /**
   * Called once an alert is stored as acknowledged or closed, and waited for; what it throws is logged. Whoever was not answered asks again:
   * then it is called again, with who did it first, and when. Default: nobody is told.
   */
  readonly onAlertChanged?: ((notice: AlertNotice) => void | Promise<void>) | undefined;
}

/**
 * Changes an alert for somebody, and tells of it.
 *
 * @param by - Who.
 * @param precondition - Which version of the alert may be changed. Default: any.
 * @throws {HttpError} `ALERT_NOT_FOUND`; {StoreError}
 */
export type ChangeForSomebody = (
  id: string,
  by: string,
  wanted: AlertChange,
  precondition?: Precondition,
) => Promise<ChangedAlert>;

export const alertChanger = (log: FastifyBaseLogger, options: AlertChangerOptions): ChangeForSomebody => {
  const { store, clock } = options;
  return async (id, by, wanted, precondition) => {
    const changed = found(id, await changeAlert(store, id, wanted, { by, now: clock.now() }, precondition));
    if (wanted.kind === "status" || wanted.kind === "close") await tell(log, options, changed.alert);
    return changed;
  };
};

/** @throws {HttpError} `ALERT_NOT_FOUND` */
export const found = <T>(id: string, alert: T | null): T => {
  if (alert !== null) return alert;
  throw new HttpError("ALERT_NOT_FOUND", `There is no alert with the id ${JSON.stringify(id.slice(0, 200))}.`);
};

/** The change is stored by then: that somebody could not be told is no failure of it. */
const tell = async (
  log: FastifyBaseLogger,
  { onAlertChanged }: AlertChangerOptions,
  alert: AlertMessage,
): Promise<void> => {
  const notice = noticeOf(alert);
  if (notice === null) return;
  try {
    await onAlertChanged?.(notice);
  } catch (err) {
    log.error({ err, alert: alert._id }, "cannot tell that an alert was changed");
  }
};
