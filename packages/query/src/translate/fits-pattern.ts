/** Whether a whole value fits a pattern of `*` and `?`, where a backslash takes the meaning from the next character. */
export const fitsPattern = (pattern: string, value: string): boolean => {
  const parts = partsOf(pattern);
  let [at, inPattern] = [0, 0];
  // Where to go on when what follows the last `*` does not fit: the `*` takes one character more.
  let star: { readonly part: number; at: number } | null = null;
  while (at < value.length) {
    const part = parts[inPattern];
    if (part === ANY) star = { part: inPattern++, at };
    else if (part !== undefined && (part === ONE || part === value[at])) [at, inPattern] = [at + 1, inPattern + 1];
    else if (star !== null) [at, inPattern] = [++star.at, star.part + 1];
    else return false;
  }
  return parts.slice(inPattern).every((part) => part === ANY);
};

const ANY = Symbol("*");
const ONE = Symbol("?");

const partsOf = (pattern: string): readonly (string | symbol)[] => {
  const parts: (string | symbol)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? "";
    if (character === "\\" && at + 1 < pattern.length) parts.push(pattern[++at] ?? "");
    else parts.push(character === "*" ? ANY : character === "?" ? ONE : character);
  }
  return parts;
};
