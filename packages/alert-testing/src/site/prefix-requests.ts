import { isPlainObject } from "../build/merge.ts";

/** Puts a prefix before every index name in a request, so that a site has a part of a cluster to itself. */
export interface Prefixer {
  readonly path: (path: string) => string;
  /** @param path - Before the prefix was put in. */
  readonly body: (path: string, body: string) => string;
  /** The prefix is unlike any other text, so it can be taken out of an answer wherever it stands. */
  readonly answer: (body: string) => string;
}

export const prefixer = (prefix: string): Prefixer => {
  const name = (index: string): string => {
    if (index === "_all") return `${prefix}*`;
    return index.startsWith("-") ? `-${prefix}${index.slice(1)}` : `${prefix}${index}`;
  };
  return {
    path: (path) => prefixedPath(path, (list) => list.split(",").map(name).join(",")),
    body: (path, body) => prefixedBody(path, body, name),
    answer: (body) => body.replaceAll(prefix, ""),
  };
};

/** APIs with a name of ours in second place. */
const NAMED = new Set(["_index_template", "_alias"]);

const prefixedPath = (path: string, names: (list: string) => string): string => {
  const [, first = "", second = "", ...rest] = path.split("/");
  const encoded = (list: string): string => encodeURIComponent(names(decodeURIComponent(list))).replaceAll("%2C", ",");
  if (NAMED.has(first) && second !== "") return ["", first, encoded(second), ...rest].join("/");
  const hasIndex = first !== "" && (!first.startsWith("_") || first === "_all");
  return hasIndex ? ["", encoded(first), ...path.split("/").slice(2)].join("/") : path;
};

const prefixedBody = (path: string, body: string, name: (index: string) => string): string => {
  const api = path.split("/").find((part) => part.startsWith("_"));
  const rewrite = (text: string): string => JSON.stringify(renamed(JSON.parse(text), name));
  switch (api) {
    case "_bulk":
      return bulkBody(body, rewrite);
    case "_msearch":
      return eachLine(body, (line, position) => (position % 2 === 0 ? rewrite(line) : line));
    case "_aliases":
    case "_index_template":
    case "_mget":
      return rewrite(body);
    default:
      return body;
  }
};

/** Documents are left as they are: only the lines that say what to do with them have names. */
const bulkBody = (body: string, rewrite: (text: string) => string): string => {
  let isDocument = false;
  return eachLine(body, (line) => {
    if (isDocument) {
      isDocument = false;
      return line;
    }
    isDocument = !line.startsWith('{"delete"');
    return rewrite(line);
  });
};

const eachLine = (body: string, change: (line: string, position: number) => string): string =>
  body
    .split("\n")
    .map((line, position) => (line === "" ? line : change(line, position)))
    .join("\n");

const KEYS_OF_NAMES = new Set(["index", "_index", "indices", "index_patterns", "alias", "aliases"]);

/** `aliases` is a list of names in alias actions and an object of them in templates. */
const renamed = (value: unknown, name: (index: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, name));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      KEYS_OF_NAMES.has(key) ? namesIn(inner, name) : renamed(inner, name),
    ]),
  );
};

const namesIn = (value: unknown, name: (index: string) => string): unknown => {
  if (typeof value === "string") return name(value);
  if (Array.isArray(value)) return value.map((item) => namesIn(item, name));
  // In bulk and alias lines "index" is also the action itself.
  return renamed(value, name);
};
