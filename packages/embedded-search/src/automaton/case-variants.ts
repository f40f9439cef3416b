/** The other case of an ASCII letter, if it is one, after the code point itself. */
export const asciiCaseVariants = (codePoint: number): number[] => {
  const isLetter = (codePoint | 0x20) >= 0x61 && (codePoint | 0x20) <= 0x7a;
  return isLetter ? [codePoint, codePoint ^ 0x20] : [codePoint];
};

/** Where case mappings end: characters of higher planes have none. */
const LAST_CASED = 0x1ffff;

let folded: ReadonlyMap<number, readonly number[]> | undefined;

const single = (text: string): number | undefined => {
  const codePoint = text.codePointAt(0);
  return codePoint !== undefined && text.length === String.fromCodePoint(codePoint).length ? codePoint : undefined;
};

/** Simple case folding, as far as upper and lower case of single characters reach. */
const foldOf = (character: string): number | undefined => {
  const upper = single(character.toUpperCase());
  return single((upper === undefined ? character : String.fromCodePoint(upper)).toLowerCase());
};

/** All cased characters by their folded form; made when the first pattern asks for it. */
const foldTable = (): ReadonlyMap<number, readonly number[]> => {
  if (folded) return folded;
  const table = new Map<number, number[]>();
  for (let codePoint = 0; codePoint <= LAST_CASED; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (character.toUpperCase() === character && character.toLowerCase() === character) continue;
    const fold = foldOf(character);
    if (fold === undefined) continue;
    const members = table.get(fold) ?? [];
    if (!members.includes(codePoint)) members.push(codePoint);
    table.set(fold, members);
  }
  folded = table;
  return table;
};

/** To Lucene these are alike in one direction only. */
const UNEVEN: ReadonlyMap<number, readonly number[]> = new Map([
  [0x49, [0x49, 0x69]],
  [0x69, [0x49, 0x69]],
  [0x130, [0x69, 0x130]],
  [0x131, [0x49, 0x131]],
]);

/** Every code point that equals this one when case is ignored, itself included, over all of Unicode. */
export const caseVariants = (codePoint: number): readonly number[] => {
  const uneven = UNEVEN.get(codePoint);
  if (uneven !== undefined) return uneven;
  const fold = foldOf(String.fromCodePoint(codePoint));
  const members = fold === undefined ? [] : (foldTable().get(fold) ?? []);
  return [...new Set([codePoint, ...members])].sort((a, b) => a - b);
};
