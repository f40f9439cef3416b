/** Keys and list positions that lead to a value. */
export type JsonPath = readonly (string | number)[];

/**
 * Line and column (from 1) of the value of a path, for messages.
 *
 * The text has to be JSON. A missing path gives the place where it was lost.
 * @param where - `start` of the value, its `last` character, the place after its `end`, or the `key` of the object that holds it.
 */
export const locate = (
  text: string,
  path: JsonPath,
  where: "key" | "start" | "end" | "last" = "start",
): { readonly line: number; readonly column: number } => {
  const start = find(text, where === "key" ? path.slice(0, -1) : path);
  const end = where === "end" || where === "last" ? skipValue(text, start) : start;
  const at = where === "key" ? keyOf(text, start, path.at(-1)) : where === "last" ? end - 1 : end;
  const before = text.slice(0, at);
  // Elasticsearch counts the bytes of a line.
  const column = Buffer.byteLength(before.slice(before.lastIndexOf("\n") + 1)) + 1;
  return { line: before.split("\n").length, column };
};

const find = (text: string, path: JsonPath): number => {
  let at = skipSpace(text, 0);
  for (const step of path) at = typeof step === "number" ? intoList(text, at, step) : intoObject(text, at, step);
  return at;
};

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at++;
  return at;
};

const intoList = (text: string, start: number, position: number): number => {
  if (text.charAt(start) !== "[") return start;
  let at = skipSpace(text, start + 1);
  for (let i = 0; i < position && text.charAt(at) !== "]"; i++) at = nextItem(text, at);
  return at;
};

const intoObject = (text: string, start: number, key: string): number => {
  const at = keyOf(text, start, key);
  return at === start ? start : skipSpace(text, skipSpace(text, skipString(text, at)) + 1);
};

/** The place of a key in the object; the start of the object when it has no such key. */
const keyOf = (text: string, start: number, key: string | number | undefined): number => {
  let at = skipSpace(text, start + 1);
  while (text.charAt(at) === '"') {
    const end = skipString(text, at);
    if (JSON.parse(text.slice(at, end)) === key) return at;
    at = nextItem(text, skipSpace(text, skipSpace(text, end) + 1));
  }
  return start;
};

const nextItem = (text: string, at: number): number => {
  const end = skipSpace(text, skipValue(text, at));
  return text.charAt(end) === "," ? skipSpace(text, end + 1) : end;
};

const skipString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return at + 1;
};

const skipValue = (text: string, start: number): number => {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') {
      at = skipString(text, at);
      continue;
    }
    if (char === "{" || char === "[") depth++;
    if (depth === 0 && ",]}".includes(char)) return at;
    if (char === "}" || char === "]") depth--;
    at++;
  }
  return at;
};
