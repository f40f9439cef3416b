import type { Refuse } from "./refuse.ts";

const DELIVERY = ["actions", "routes", "silences", "inhibit", "windows"];
const SURROUNDINGS = ["config", "setup", "reverseDns", "plugins", "replies"];
const CASE = ["name", "at", "events", "runs", "requests", "reports", "only", "skip", ...SURROUNDINGS];

const KNOWN = {
  suite: [
    "name",
    "now",
    "fields",
    "indices",
    "source",
    "sourceName",
    "event",
    "alert",
    "fires",
    "silent",
    "mutation",
    "equivalent",
    ...SURROUNDINGS,
    ...DELIVERY,
  ],
  firing: [...CASE, "alert", "alerts", "covers", "embeds", "deliveries", "until", ...DELIVERY],
  silent: CASE,
  firingRun: ["at", "events", "alert", "alerts", "resolves", "acknowledges", "closes"],
  silentRun: ["at", "events"],
  silence: ["match", "from", "until", "by", "reason"],
  delivery: [...["at", "event", "alert", "alerts", "by", "attempt", "requests"], ...["muted", "retry", "refused"]],
  alert: [
    "utctimestamp",
    "severity",
    "summary",
    "category",
    "tags",
    "events",
    "channel",
    "notify_mozdefbot",
    "status",
    "classname",
    "url",
    "details",
    "errors",
    "groupkey",
    "count",
    "firstcount",
    "firstseen",
    "lastseen",
    "resolveafterms",
    "previous",
    "closedat",
    "closedby",
    "closereason",
    "history",
    "mutedby",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Advice that names what was probably meant. */
const ADVICE: Readonly<Record<string, string>> = {
  alert: 'A silent case expects no alert: move it to "fires", or take "alert" out.',
  alerts: 'A silent case expects no alert: move it to "fires", or take "alerts" out.',
  deliveries: 'A silent case has no alert to deliver: move it to "fires", or take "deliveries" out.',
};

/** Refuses keys that do not exist, so that a typing error cannot turn an assertion into nothing. */
export const checkKeys = (kind: keyof typeof KNOWN, value: object, label: string, refuse: Refuse): void => {
  const known: readonly string[] = KNOWN[kind];
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const advice = kind.startsWith("silent") ? ADVICE[unknown] : undefined;
  throw refuse(`${label} has no key "${unknown}". ${advice ?? `Known are ${[...known].sort().join(", ")}.`}`);
};
