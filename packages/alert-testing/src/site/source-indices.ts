import type { Source } from "@mozdef/alert";
import type { Sources } from "@mozdef/alert/runtime";
import type { EventSchema } from "@mozdef/query";

/** All events of a test are in the store of its site, whichever cluster has them later. */
export const nearSources = (sources: Sources = {}): Sources =>
  Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, { ...source, store: null }]));

/** The index in which a test saves events of a source: the first that it looks at, and of a pattern one that fits. */
export const indexOfSource = ({ indices: [first = "events"] }: Pick<Source, "indices">): string =>
  first.replaceAll("*", "test");

/** Whether a source looks at an index. */
export const looksAt = ({ indices }: Pick<Source, "indices">, index: string): boolean =>
  indices.some((pattern) => fits(pattern, index));

const fits = (pattern: string, index: string): boolean => {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === index;
  if (!index.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = index.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return index.length - last.length >= at && index.endsWith(last);
};

/** How an index of a source is mapped: as its schema says, all other texts as keywords. */
export const mappingsOf = ({ fields }: EventSchema) => ({
  dynamic_templates: [{ texts: { match_mapping_type: "string" as const, mapping: { type: "keyword" as const } } }],
  properties: Object.fromEntries(
    Object.entries(fields).flatMap(([name, type]) => (type === "keyword" ? [] : [[name, { type }]])),
  ),
});
