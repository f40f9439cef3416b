import type { Delivery } from "@mozdef/alert-api";
import { zonedTime } from "../shared/format-time.ts";

const EVENTS: Readonly<Record<Delivery["event"], string>> = {
  trigger: "the alert",
  acknowledge: "that it was acknowledged",
  resolve: "that it is over",
};

/** What is told. */
export const whatOf = ({ event, escalation }: Pick<Delivery, "event" | "escalation">): string =>
  escalation ? `${EVENTS[event]}, unless somebody takes note of it` : EVENTS[event];

/** What came of it, in a sentence. */
export const outcomeOf = ({ status, reason, error, attempts, nextAt, sentAt, times }: Delivery): string => {
  switch (status) {
    case "done":
      return `Sent ${zonedTime(sentAt ?? nextAt)}${times > 1 ? `, ${times} times` : ""}`;
    case "muted":
      return `Not sent: ${reason ?? "muted"}`;
    case "dead":
      return `Given up after ${attempts} attempts: ${error ?? "no reason"}`;
    case "pending": {
      const why = error ?? reason;
      return `Due ${zonedTime(nextAt)}${why === null ? "" : `: ${why}`}`;
    }
  }
};
