import type { Source } from "@mozdef/alert";
import { randomAddress } from "./addresses.ts";
import type { EventInput } from "./event-input.ts";
import { mergeObjects } from "./merge.ts";
import { type Clock, isMoment, Moment, resolveMoments } from "./moments.ts";

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

/** What every event of a source starts from: a time, by whatever names it has them. */
const defaultEventOf = ({ schema: { time, received } }: Source): EventInput =>
  [...time, received].reduce<EventInput>(
    (event, field) => mergeObjects(event, nested(field.split("."), NOW) as EventInput),
    {},
  );

const nested = ([head, ...rest]: readonly string[], value: unknown): unknown =>
  head === undefined ? value : { [head]: nested(rest, value) };

/** The fields that a time line fills. */
const MOZDEF_TIMES: readonly string[] = ["utctimestamp", "receivedtimestamp", "timestamp"];

/** A time line says when by MozDef's names: here by those of the source. */
const timedBy = ({ schema: { fields, time, received } }: Source, event: EventInput): EventInput => {
  const { utctimestamp: happened, receivedtimestamp: arrived } = event;
  if (!isMoment(happened) || Object.hasOwn(fields, "utctimestamp")) return event;
  const rest = Object.fromEntries(Object.entries(event).filter(([name]) => !MOZDEF_TIMES.includes(name)));
  const at = (field: string, moment: Moment): EventInput => nested(field.split("."), moment) as EventInput;
  const came = at(received, isMoment(arrived) ? arrived : happened);
  return [came, ...time.map((field) => at(field, happened))].reduce<EventInput>(mergeObjects, rest);
};

/** An event of a source as it is saved: its times, under the suite's event, under the case's own. */
export const buildSourceEvent = (source: Source, parts: readonly EventInput[], clock: Clock): EventInput => {
  const timed = parts.map((part) => timedBy(source, part));
  return resolveMoments(timed.reduce(mergeObjects, defaultEventOf(source)), clock) as EventInput;
};

/**
 * An event as it is saved: the default event, under the suite's event, under the case's own.
 *
 * @param seed - Decides the default `details.sourceipaddress`.
 */
export const buildEvent = (parts: readonly EventInput[], clock: Clock, seed: string): EventInput => {
  const start = { ...DEFAULT_EVENT, details: { sourceipaddress: randomAddress(seed), hostname: "exhostname" } };
  return resolveMoments(parts.reduce(mergeObjects, start), clock) as EventInput;
};
