import { CODE_POINT_CLASSES, CODE_POINT_RUNS } from "./code-points.generated.ts";

/** The number of classes; a class is a number below it. */
export const CLASS_COUNT = CODE_POINT_CLASSES.length;

const BLOCK = 256;
const BLOCK_COUNT = 0x110000 / BLOCK;

/** Classes of code points in two levels: blocks of 256 code points, and equal blocks kept once (about 25 KB in all). */
interface ClassTable {
  readonly blocks: Uint16Array;
  readonly classes: Uint8Array;
}

const everyClass = (): Uint8Array => {
  const classes = new Uint8Array(BLOCK_COUNT * BLOCK);
  let codePoint = 0;
  for (const run of CODE_POINT_RUNS.split(" ")) {
    const [length = "", index = ""] = run.split(",");
    const end = codePoint + Number.parseInt(length, 36);
    classes.fill(Number.parseInt(index, 36), codePoint, end);
    codePoint = end;
  }
  return classes;
};

const buildTable = (): ClassTable => {
  const flat = everyClass();
  const blocks = new Uint16Array(BLOCK_COUNT);
  const kept = new Map<string, number>();
  const parts: Uint8Array[] = [];
  for (let block = 0; block < BLOCK_COUNT; block++) {
    const part = flat.subarray(block * BLOCK, (block + 1) * BLOCK);
    const key = String.fromCharCode(...part);
    const position = kept.get(key) ?? parts.push(part) - 1;
    kept.set(key, position);
    blocks[block] = position;
  }
  const classes = new Uint8Array(parts.length * BLOCK);
  parts.forEach((part, position) => classes.set(part, position * BLOCK));
  return { blocks, classes };
};

const table = buildTable();

/** The class of a code point: an index into `CODE_POINT_CLASSES`. */
export const classOf = (codePoint: number): number => {
  const block = table.blocks[codePoint >> 8] ?? 0;
  return table.classes[block * BLOCK + (codePoint & 0xff)] ?? 0;
};
