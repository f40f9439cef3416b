import { AutomatonError } from "../automaton/automaton-error.ts";
import { parseRegexpFlags } from "../automaton/regexp-flags.ts";
import { compileRegexp } from "../automaton/regexp.ts";
import { unsupported } from "../errors/api-error.ts";
import { MappingError } from "./mapping-error.ts";

/** Groups that look around or are named, lazy and possessive counts, borders, references, properties: no automaton has those. */
const BEYOND = /\(\?(?!:)|[*+?}][+?]|\\[bBAGzZkQEpP1-9]|&&|\[[^\]]*\[/;

const CLASSES: Readonly<Record<string, string>> = { d: "0-9", w: "A-Za-z0-9_", s: " \t\n\v\f\r" };

/**
 * Compiles a regular expression of Java over a whole name. It becomes an automaton, so no name takes long.
 *
 * @param template - Its name, for messages.
 * @throws {MappingError} for what is no expression, {@link unsupported} for parts that automata do not have.
 */
export const compileNamePattern = (pattern: string, template: string): ((name: string) => boolean) => {
  try {
    new RegExp(pattern);
  } catch {
    throw invalid(pattern, template);
  }
  if (BEYOND.test(pattern)) throw unsupported(`The regular expression [${pattern}] of dynamic template [${template}]`);
  try {
    const flags = parseRegexpFlags("NONE");
    if (typeof flags === "string") return () => false;
    const compiled = compileRegexp(translated(pattern), { flags });
    return (name) => compiled.matches(name);
  } catch (error) {
    if (error instanceof AutomatonError)
      throw unsupported(`The regular expression [${pattern}] of dynamic template [${template}]`);
    throw error;
  }
};

const invalid = (pattern: string, template: string): MappingError =>
  new MappingError(
    `Pattern [${pattern}] of type [regex] is invalid. Cannot create dynamic template [${template}].`,
    "mapper_parsing_exception",
    { type: "pattern_syntax_exception", reason: null },
  );

/** Ends of the text are where they are anyway, quotes are plain characters, and classes have names. */
const translated = (pattern: string): string => {
  const inner = pattern.replace(/^\^/, "").replace(/(?<!\\)\$$/, "");
  let inClass = false;
  return inner.replace(/\\.|\(\?:|[[\]"^$]/gs, (part) => {
    if (part === "(?:") return "(";
    if (part === '"') return '\\"';
    if (part === "[") inClass = true;
    if (part === "]") inClass = false;
    if ((part === "^" && !inClass) || part === "$") return `\\${part}`;
    const members = part.length === 2 ? CLASSES[part.charAt(1)] : undefined;
    if (members === undefined) return part;
    return inClass ? members : `[${members}]`;
  });
};
