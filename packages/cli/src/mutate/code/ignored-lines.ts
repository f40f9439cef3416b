import type { ParsedSource } from "../../packs/parse-source.ts";

/** A comment that acknowledges the mutants of a line. */
export interface IgnoreComment {
  /** Of the code that it is about, from 1. */
  readonly line: number;
  /** Why no case can notice; empty when it does not say. */
  readonly reason: string;
}

const IGNORE = /^\s*mozdef-mutate-ignore\b:?\s*(.*?)\s*$/;

/** `// mozdef-mutate-ignore: reason` behind code is about its own line, on a line of its own about the next line with code. */
export const ignoreComments = ({ code, comments }: ParsedSource): readonly IgnoreComment[] => {
  const bare = withoutComments(code, comments).split("\n");
  return comments.flatMap(({ type, value, loc }) => {
    const [, reason] = IGNORE.exec(value) ?? [];
    if (reason === undefined || type !== "Line" || loc == null) return [];
    const hasCode = (line: string): boolean => line.trim() !== "";
    const own = loc.start.line - 1;
    const next = bare.findIndex((line, index) => index >= own && hasCode(line));
    return [{ line: next + 1, reason }];
  });
};

/** Comments can hold what looks like code. */
const withoutComments = (code: string, comments: ParsedSource["comments"]): string =>
  comments.reduceRight(
    (text, { start, end }) => text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, " ") + text.slice(end),
    code,
  );
