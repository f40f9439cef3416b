/** A block of code in a document. */
export interface Block {
  /** The first word behind the fence: `ts`, `sh`, `text`. */
  readonly language: string;
  /** `file=src/x.ts`: where the text belongs. */
  readonly file: string | null;
  /** `sh service`: the command runs on while the next ones are executed. */
  readonly isService: boolean;
  /** `sh alone`: services are ended first. */
  readonly isAlone: boolean;
  readonly text: string;
  /** The line of the fence, from 1. */
  readonly line: number;
}

/** The fenced blocks of a Markdown document, in order. */
export const blocksOf = (markdown: string): readonly Block[] => {
  const lines = markdown.split("\n");
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const info = /^```(\w+)(.*)$/.exec(lines[index] ?? "");
    if (info === null) continue;
    const end = lines.indexOf("```", index + 1);
    if (end === -1) throw new Error(`The block of line ${index + 1} is not closed.`);
    const [, language = "", rest = ""] = info;
    const text = lines.slice(index + 1, end).join("\n");
    const file = / file=(\S+)/.exec(rest)?.[1] ?? null;
    const [isService, isAlone] = [rest.trim() === "service", rest.trim() === "alone"];
    blocks.push({ language, file, isService, isAlone, text, line: index + 1 });
    index = end;
  }
  return blocks;
};

/**
 * Whether an output is what a document shows: its lines in order, `...` for anything, also within a line. White space
 * counts as one blank.
 */
export const isShown = (output: string, shown: string): boolean => {
  const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
  let from = 0;
  const text = plain(output);
  for (const piece of shown.split(/\.\.\./).map(plain)) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return true;
};
