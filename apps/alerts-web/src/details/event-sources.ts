import type { EventSource } from "@mozdef/alert-api";

/** Events that the service keeps: one index a day, and the names that lead there. */
const OWN = /^events(?:[-*]|$)/;

/** Whether the service keeps the events of an index itself, and so marks them with their alerts. */
export const isOwnIndex = (index: string): boolean => OWN.test(index);

/**
 * The source of an event by the name of its index, as the configuration and the search name it; empty for events of the service.
 * Undefined when no source has such an index, e.g. since the configuration has changed.
 */
export const sourceOf = (index: string, sources: readonly EventSource[]): string | undefined => {
  if (isOwnIndex(index)) return "";
  // Of a source elsewhere, an index has its name in front.
  const elsewhere = sources.find(({ name }) => name !== null && index.startsWith(`${name}:`));
  const source = elsewhere ?? sources.find(({ indices }) => indices.some((pattern) => fits(pattern, index)));
  return source === undefined ? undefined : (source.name ?? "");
};

const fits = (pattern: string, index: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(index);

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
