import { endOfString } from "../json/end-of-string.ts";

/** Spreads JSON over lines, two spaces a level and ` : ` after keys, as Elasticsearch's `pretty`; digits stay as they are. */
export const prettyJson = (text: string): string => {
  let pretty = "";
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at + 1) + 1;
      pretty += text.slice(at, end);
      at = end - 1;
    } else if (character === "{" || character === "[") {
      const isEmpty = "}]".includes(text.charAt(at + 1));
      pretty += isEmpty ? `${character} ${text.charAt(++at)}` : character + newLine(++depth);
    } else if (character === "}" || character === "]") pretty += newLine(--depth) + character;
    else if (character === ",") pretty += character + newLine(depth);
    else if (character === ":") pretty += " : ";
    else if (!/\s/.test(character)) pretty += character;
  }
  return pretty;
};

const newLine = (depth: number): string => `\n${"  ".repeat(depth)}`;
