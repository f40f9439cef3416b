import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A place in a test file. Lines and columns from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /\(?((?:file:\/\/)?[^\s():]?:?[^():]+):(\d+):(\d+)\)?$/;

/** Where a function was called from; null when the stack does not tell. */
export const callerOf = (callee: (...parts: never[]) => unknown): Position | null => {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  const frame = holder.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  const [, file = "", line = "", column = ""] = FRAME.exec(frame?.trim().replace(/^at /, "") ?? "") ?? [];
  if (file === "") return null;
  return { file: file.startsWith("file://") ? fileURLToPath(file) : file, line: Number(line), column: Number(column) };
};

/**
 * Where a case is written: the first place of its name in the file, after the call of `describeAlert` when it is there at all.
 * Cases are data, so the stack of a failure cannot tell; names are unique in a suite.
 */
export const positionOfCase = (call: Position, name: string): Position => {
  const lines = linesOf(call.file);
  const quoted = ['"', "'", "`"].map((quote) => `${quote}${name.replaceAll(quote, `\\${quote}`)}${quote}`);
  const find = (from: number): number =>
    lines.findIndex((line, index) => index >= from && quoted.some((text) => line.includes(text)));
  const later = find(Math.max(0, call.line - 1));
  const index = later >= 0 ? later : find(0);
  const line = lines[index];
  if (line === undefined) return call;
  const column = Math.min(...quoted.map((text) => line.indexOf(text)).filter((at) => at >= 0)) + 1;
  return { file: call.file, line: index + 1, column };
};

const linesOf = (file: string): readonly string[] => {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    // A place that cannot be read is still worth printing as it is.
    return [];
  }
};
