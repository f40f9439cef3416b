import { isoUtc } from "@mozdef/alert";

/** What {@link withDefaults} needs to know. */
export interface DefaultsContext {
  readonly now: Date;
  readonly hostname: string;
}

const UNKNOWN = {
  category: "UNKNOWN",
  hostname: "UNKNOWN",
  processid: "UNKNOWN",
  processname: "UNKNOWN",
  severity: "UNKNOWN",
  source: "UNKNOWN",
  summary: "UNKNOWN",
};

/**
 * An event with every field that MozDef always has. Fields that are present stay as they are, also null.
 *
 * @see MozDef `mozdef_util/elasticsearch_client.py` and `event.py`, `Event.add_required_fields`.
 */
export const withDefaults = (
  event: Readonly<Record<string, unknown>>,
  { now, hostname }: DefaultsContext,
): Record<string, unknown> => {
  const stamp = stampOf(now);
  return {
    receivedtimestamp: stamp,
    utctimestamp: stamp,
    timestamp: stamp,
    mozdefhostname: hostname,
    type: "event",
    tags: [],
    ...UNKNOWN,
    mozdef: { plugins: [] },
    details: {},
    ...event,
  };
};

/** Many events are saved at one time. */
const stampOf = (now: Date): string => {
  if (last.ms !== now.getTime()) last = { ms: now.getTime(), text: isoUtc(now) };
  return last.text;
};

let last = { ms: Number.NaN, text: "" };
