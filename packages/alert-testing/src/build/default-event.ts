import { randomAddress } from "./addresses.ts";
import type { EventInput } from "./event-input.ts";
import { mergeObjects } from "./merge.ts";
import { type Clock, Moment, resolveMoments } from "./moments.ts";

const NOW = new Moment("now", 0);

/**
 * What every event of a case starts from.
 *
 * @see MozDef `tests/alerts/alert_test_suite.py`, `default_event`; its random address is seeded here, so that a failure repeats.
 */
const DEFAULT_EVENT: EventInput = Object.freeze({
  category: "excategory",
  utctimestamp: NOW,
  receivedtimestamp: NOW,
  mozdefhostname: "mozdefhost",
  hostname: "exhostname",
  severity: "NOTICE",
  source: "exsource",
  summary: "Example summary",
  tags: Object.freeze(["tag1", "tag2"]),
});

/**
 * An event as it is saved: the default event, under the suite's event, under the case's own.
 *
 * @param seed - Decides the default `details.sourceipaddress`.
 */
export const buildEvent = (parts: readonly EventInput[], clock: Clock, seed: string): EventInput => {
  const start = { ...DEFAULT_EVENT, details: { sourceipaddress: randomAddress(seed), hostname: "exhostname" } };
  return resolveMoments(parts.reduce(mergeObjects, start), clock) as EventInput;
};
