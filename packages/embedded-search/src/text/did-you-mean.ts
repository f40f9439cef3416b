/** Edits that lead from one text to the other. */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/** Names near enough to an unknown one that it may be a typo, nearest first. Long names are skipped. */
export const similarNames = (unknown: string, names: Iterable<string>, threshold: number): readonly string[] => {
  if (unknown.length > 100) return [];
  const scored = [...names].map((name) => ({
    name,
    score: 1 - distance(unknown, name) / Math.max(unknown.length, name.length, 1),
  }));
  const near = scored.filter(({ score }) => score > threshold);
  return near.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
};

/** ` did you mean [x]?`, or nothing. */
export const didYouMean = (unknown: string, names: Iterable<string>, threshold: number): string => {
  const [first, ...more] = similarNames(unknown, names, threshold);
  if (first === undefined) return "";
  return more.length === 0 ? ` did you mean [${first}]?` : ` did you mean any of [${[first, ...more].join(", ")}]?`;
};
