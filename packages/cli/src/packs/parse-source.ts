import { type Comment, type Program, parse } from "acorn";
import { stripTypeScriptTypes } from "node:module";

/** A source file of a pack. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** A source file as a tree, with lines that are those of the file. */
export interface ParsedSource extends SourceFile {
  /** The text without types, as Node runs it: every position is that of the file. */
  readonly code: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/**
 * The tree of a file; null for one that Node could not run either: whoever imports it says why.
 *
 * Types are replaced by spaces before, so that positions stay.
 */
export const parseSource = (file: SourceFile): ParsedSource | null => {
  try {
    const code = /\.[mc]?ts$/.test(file.path) ? withoutTypes(file.text) : file.text;
    const comments: Comment[] = [];
    const program = parse(code, {
      ecmaVersion: "latest",
      sourceType: "module",
      locations: true,
      onComment: comments,
    });
    return { ...file, code, program, comments };
  } catch {
    return null;
  }
};

/** Node runs TypeScript without a word, and warns whoever asks it for the text that it would run: nobody here can do anything about it. */
const withoutTypes = (text: string): string => {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
};

/** Something that is wrong at a line of a file. */
export interface SourceProblem {
  readonly line: number;
  readonly message: string;
}
