import type { AlertDocument } from "../document/alert-document.ts";
import type { Hit } from "../document/event.ts";
import type { AlertContext } from "../task/context.ts";

/** An alert as stored, with its address: what actions receive. */
export type AlertMessage = Hit<AlertDocument>;

/** What happens after an alert is saved: chat, pager, mail. Called at least once for each alert. */
export interface AlertAction {
  readonly name: string;
  /** Lower-case words; the action runs when one equals any key or value of the message. `*` is always there. */
  readonly registration: string | readonly string[];
  /** Rejects when the delivery has to be tried again. */
  onMessage(message: AlertMessage, context: Omit<AlertContext, "state">): Promise<void>;
}
