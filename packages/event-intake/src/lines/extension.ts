/** Signs that a backslash stands before. What is not listed stays as it is. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["=", "="],
  ["|", "|"],
  ["\\", "\\"],
]);

/** Without the backslashes of CEF. */
export const unescapeCef = (text: string): string =>
  text.replaceAll(/\\(.)/gs, (whole, sign: string) => ESCAPES.get(sign) ?? whole);

/** The parts between the first `count` bars that no backslash stands before, and what follows them; null when there are fewer. */
export const splitBars = (text: string, count: number): readonly string[] | null => {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length && parts.length < count; at += 1)
    if (text[at] === "\\") at += 1;
    else if (text[at] === "|") {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  return parts.length < count ? null : [...parts, text.slice(from)];
};

/** `src=203.0.113.61 msg=a value with blanks act=b`: a key is the word before an equals sign that no backslash stands before. */
export const readExtension = (text: string): ReadonlyMap<string, string> => {
  const pairs = new Map<string, string>();
  // A backslash takes the sign behind it along, so an escaped equals sign ends no key.
  const keys = [...text.matchAll(/\\.|(?<=^|\s)([\w.[\]-]{1,100})=/gs)].filter(([, key]) => key !== undefined);
  for (const [index, found] of keys.entries()) {
    const value = text.slice(found.index + found[0].length, keys[index + 1]?.index ?? text.length);
    const [, key = ""] = found;
    if (!pairs.has(key)) pairs.set(key, unescapeCef(value.trimEnd()));
  }
  return pairs;
};
