import { type AlertStore, alertsOfDispatches, type DispatchContent } from "@mozdef/alert-store";
import type { AlertMessage } from "@mozdef/alert/runtime";
import { groupMessage } from "./group-message.ts";
import type { Parcel } from "./parcel.ts";

/** What is sent. */
export interface OpenedParcel {
  /** Null when none of its alerts is in the store any more. */
  readonly message: AlertMessage | null;
  readonly alerts: readonly AlertMessage[];
  /** Whether nobody has changed its dispatches meanwhile: else somebody has sent it. */
  readonly isCurrent: boolean;
}

/** Of many alerts, only the first has what its events say: an alert may be as large as they are. */
const WITHOUT_EVENTS = ["alert._source.events.documentsource"];

/** @throws {StoreError} */
export const openParcel = async (store: AlertStore, { dispatches, key }: Parcel): Promise<OpenedParcel> => {
  const [first, ...others] = dispatches;
  const contents: readonly DispatchContent[] = [
    ...(await alertsOfDispatches(store, [first])),
    ...(await alertsOfDispatches(store, others, WITHOUT_EVENTS)),
  ];
  const found = contents.flatMap(({ alert }) => (alert === null ? [] : [alert]));
  const [head, ...tail] = found.map((alert) => withEvents(alert));
  return {
    message: head === undefined ? null : ofGroup(groupMessage([head, ...tail], key), first.groupid),
    alerts: head === undefined ? [] : [head, ...tail],
    isCurrent: contents.every(({ isCurrent }) => isCurrent),
  };
};

/** Every message about a group is about the same to its receiver, whichever alerts it has: what began as one incident ends as it. */
const ofGroup = (message: AlertMessage, groupid: string | undefined): AlertMessage =>
  groupid === undefined ? message : { ...message, _source: { ...message._source, groupkey: `route:${groupid}` } };

/** Without what they say, events are still events. */
const withEvents = (alert: AlertMessage): AlertMessage => {
  const events = alert._source.events.map((event) => ({
    ...event,
    documentsource: (event.documentsource as typeof event.documentsource | undefined) ?? {},
  }));
  return { ...alert, _source: { ...alert._source, events } };
};
