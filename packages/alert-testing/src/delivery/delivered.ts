import type { AlertAction, AlertDocument, AlertMessage, DeliveryAnswer, DeliveryContext } from "@mozdef/alert/runtime";
import { messageOf } from "@mozdef/alert";
import { type RecordedRequest, tapFetch } from "../site/record-fetch.ts";

/** What a receiver was handed, or what was kept from it. Keys as those of `ExpectedDelivery`. */
export interface Delivered extends Partial<Pick<DeliveryContext, "attempt" | "by">>, Pick<DeliveryContext, "event"> {
  readonly alert: AlertDocument;
  readonly alerts: readonly AlertDocument[];
  readonly requests?: readonly RecordedRequest[];
  readonly muted?: string | undefined;
  readonly retry?: string | undefined;
  readonly refused?: string | undefined;
}

/** Told of every attempt. @param id - Of the first alert of the message. */
export type NoteAttempt = (id: string, delivered: Delivered) => void;

/** An action that behaves as the one it stands for, and writes down what it is handed and what comes of it. */
export const notedAction = (action: AlertAction, note: NoteAttempt): AlertAction => ({
  ...action,
  send: async (message, context) => {
    const tap = tapFetch(context.fetch);
    const { event, by, attempt } = context;
    const alerts = context.alerts.map(({ _source }) => _source);
    const noted = (answer: DeliveryAnswer): void =>
      note(firstId(message, context), {
        ...{ event, by, attempt, alert: message._source, alerts, requests: tap.requests },
        ...(answer ?? {}),
      });
    try {
      const answer = await action.send(message, { ...context, fetch: tap.fetch });
      noted(answer);
      return answer;
    } catch (cause) {
      noted({ retry: messageOf(cause) });
      throw cause;
    }
  },
});

const firstId = ({ _id }: AlertMessage, { alerts }: DeliveryContext): string => alerts[0]?._id ?? _id;
