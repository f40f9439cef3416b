import { readTime } from "@mozdef/event-intake";

const TIMES = ["utctimestamp", "receivedtimestamp", "timestamp"];

/**
 * An event whose times the store reads as its sender meant them. What is not a time is kept as text under a name of its own
 * (`sender_utctimestamp`), so that the time of arrival takes its place: an event without a time is in no window, and no alert sees
 * it.
 */
export const readTimes = (
  event: Readonly<Record<string, unknown>>,
  receivedAt: Date,
): Readonly<Record<string, unknown>> => {
  const present = TIMES.filter((name) => Object.hasOwn(event, name));
  if (present.every((name) => readTime(event[name], { receivedAt }) === event[name])) return event;
  return Object.fromEntries(
    Object.entries(event).flatMap(([name, value]) =>
      present.includes(name) ? timeFields(name, value, receivedAt) : [[name, value]],
    ),
  );
};

const timeFields = (name: string, value: unknown, receivedAt: Date): readonly (readonly [string, unknown])[] => {
  const time = readTime(value, { receivedAt });
  if (time !== null) return [[name, time]];
  if (value === null || value === "") return [];
  return [[`sender_${name}`, typeof value === "string" ? value : JSON.stringify(value)]];
};
