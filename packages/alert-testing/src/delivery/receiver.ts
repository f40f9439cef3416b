import type { AlertAction, DeliveryAnswer } from "@mozdef/alert/runtime";

/** The options of {@link receiver}. */
export interface ReceiverOptions extends Pick<AlertAction, "registration" | "events"> {
  /** What it answers to the first attempts at each message, in order; nothing: it takes it. Default: it takes everything. */
  readonly answers?: readonly DeliveryAnswer[];
}

/**
 * A receiver for tests of what happens after an alert, where it does not matter how a message looks. It is told everything, also what
 * becomes of alerts, unless `events` says less.
 *
 * @example
 * describeAlert(AlertBruteforceSsh, { actions: { soc: receiver() }, routes: [{ to: ["soc"] }], ... });
 */
export const receiver = ({
  events = ["trigger", "acknowledge", "resolve"],
  answers = [],
  ...rest
}: ReceiverOptions = {}): AlertAction => ({
  kind: "receiver",
  ...rest,
  events,
  send: (_, { attempt }) => answers[attempt - 1],
});
