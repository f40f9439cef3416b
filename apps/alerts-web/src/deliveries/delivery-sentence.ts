import type { Delivery } from "@mozdef/alert-api";
import { formatTime } from "../shared/format-time.ts";
import { counted } from "../shared/format-number.ts";
import { visible } from "../shared/visible.ts";

/** Why an alert was sent to a target, or was not, in sentences. */
export const deliverySentence = (delivery: Delivery): string =>
  [...OUTCOMES[delivery.status](delivery), ...routeOf(delivery)].join(" ");

/** What a target is told, after `was` or `is to be`. */
const TOLD: Readonly<Record<Delivery["event"], string>> = {
  trigger: "sent the alert",
  acknowledge: "told that it was acknowledged",
  resolve: "told that it is over",
};

const OUTCOMES: Readonly<Record<Delivery["status"], (delivery: Delivery) => readonly string[]>> = {
  done: ({ target, event, sentAt, nextAt, times, attempts, reason }) => [
    `${visible(target)} was ${TOLD[event]} at ${timeOf(sentAt ?? nextAt)}${times > 1 ? `, for the ${ordinal(times)} time` : ""}.`,
    ...(times <= 1 && attempts > 1 ? [`It took ${counted(attempts, "attempt")}.`] : []),
    ...(reason === null ? [] : [`It is not sent again: ${closed(reason)}`]),
  ],
  pending: ({ target, event, nextAt, escalation, attempts, error, reason }) => [
    `${visible(target)} is to be ${TOLD[event]} at ${timeOf(nextAt)}${escalation ? ", unless somebody takes note of it before" : ""}.`,
    ...(error === null ? [] : [`Attempt ${attempts} failed: ${closed(error)}`]),
    ...(reason === null ? [] : [`It was put off: ${closed(reason)}`]),
  ],
  muted: ({ target, event, reason, nextAt }) => [
    `${visible(target)} was not ${TOLD[event]}, as was decided at ${timeOf(nextAt)}: ${closed(reason ?? "it is muted")}`,
  ],
  dead: ({ target, event, attempts, error, firstAt }) => [
    `${visible(target)} was not ${TOLD[event]}: it was given up after ${counted(attempts, "attempt")}${firstAt === null ? "" : `, the first at ${timeOf(firstAt)}`}.`,
    error === null ? "Nothing is known of why the last one failed." : `The last one failed: ${closed(error)}`,
  ],
};

const routeOf = ({ route }: Delivery): readonly string[] =>
  route === null ? [] : [`The route ${visible(route)} leads there.`];

const timeOf = (time: string): string => `${formatTime(time)} UTC`;

/** A text of others as the end of a sentence. */
const closed = (text: string): string => `${visible(text.trim()).replace(/[.!?]$/, "")}.`;

const PLURALS = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS = new Map([
  ["one", "st"],
  ["two", "nd"],
  ["few", "rd"],
]);

const ordinal = (count: number): string => `${count}${ENDINGS.get(PLURALS.select(count)) ?? "th"}`;
