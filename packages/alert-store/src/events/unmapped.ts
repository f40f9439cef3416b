import { UNMAPPED } from "../schema/mappings.ts";

type Event = Readonly<Record<string, unknown>>;

/** In `tags` of an event that was kept with a part of it in `unmapped`. */
export const UNMAPPED_TAG = "unmapped";

/** An event and what was taken out of it: names of fields and their values. */
export interface Divided {
  readonly event: Event;
  readonly taken: Readonly<Record<string, unknown>>;
}

export const isInPart = ({ taken }: Divided): boolean => Object.keys(taken).length > 0;

/** The event as it is stored: what was taken out of it as JSON text, which is not indexed, and the tag that says so. */
export const storedForm = (divided: Divided): Event => {
  const { event, taken } = divided;
  if (!isInPart(divided)) return event;
  const tags = [event.tags ?? []].flat();
  return {
    ...event,
    tags: tags.includes(UNMAPPED_TAG) ? tags : [...tags, UNMAPPED_TAG],
    [UNMAPPED]: JSON.stringify(taken),
  };
};

/** The event without the values at these paths. */
export const withoutPaths = (event: Event, paths: readonly (readonly string[])[]): Divided =>
  paths.reduce<Divided>((divided, path) => takeOut(divided, path.join("."), path), { event, taken: {} });

/** The event without the value at a path, which is kept under a name. */
export const takeOut = ({ event, taken }: Divided, name: string, path: readonly string[]): Divided => ({
  event: withoutPath(event, path),
  taken: { ...taken, [name]: valueAtPath(event, path) },
});

/** An event without the value at a path of keys; lists on the way are passed through. Unchanged when nothing is there. */
const withoutPath = (event: Event, path: readonly string[]): Event => {
  const [key = "", ...rest] = path;
  if (!Object.hasOwn(event, key)) return event;
  const { [key]: value, ...others } = event;
  return rest.length === 0 ? others : { ...event, [key]: without(value, rest) };
};

const without = (value: unknown, path: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => without(item, path));
  return isEvent(value) ? withoutPath(value, path) : value;
};

/** An event in which the value at a path of keys is another one; lists on the way are passed through. */
export const withValueAtPath = (event: Event, path: readonly string[], change: (value: unknown) => unknown): Event => {
  const [key = "", ...rest] = path;
  if (!Object.hasOwn(event, key)) return event;
  const inner = event[key];
  return { ...event, [key]: rest.length === 0 ? change(inner) : changedWithin(inner, rest, change) };
};

const changedWithin = (value: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => changedWithin(item, path, change));
  return isEvent(value) ? withValueAtPath(value, path, change) : value;
};

/** What is at a path of keys; a list where one is on the way. undefined when there is nothing. */
export const valueAtPath = (value: unknown, path: readonly string[]): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(value)) {
    const found = value.map((item: unknown) => valueAtPath(item, path)).filter((item) => item !== undefined);
    return found.length === 0 ? undefined : found;
  }
  return isEvent(value) && Object.hasOwn(value, key) ? valueAtPath(value[key], rest) : undefined;
};

/**
 * The keys that lead to the field of that name, whichever of its dots are part of a key; undefined when the event does not
 * have it.
 */
export const pathOf = (value: unknown, name: string): readonly string[] | undefined => {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      const found = pathOf(item, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isEvent(value)) return undefined;
  for (const key of Object.keys(value)) {
    if (key === name) return [key];
    if (!name.startsWith(`${key}.`)) continue;
    const rest = pathOf(value[key], name.slice(key.length + 1));
    if (rest !== undefined) return [key, ...rest];
  }
  return undefined;
};

const isEvent = (value: unknown): value is Event =>
  typeof value === "object" && value !== null && !Array.isArray(value);
