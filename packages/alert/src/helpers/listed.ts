/** Values that a sentence names. More of them nobody reads. */
const SHOWN = 10;

/**
 * Values as a sentence names them: distinct, in order of first appearance, with commas between them. Beyond ten the number of the
 * others follows: `a, b, c, d, e, f, g, h, i, j and 3 more`. Empty for no value.
 */
export const listed = (values: Iterable<string>): string => {
  const all = [...new Set(values)];
  const shown = all.slice(0, SHOWN).join(", ");
  return all.length > SHOWN ? `${shown} and ${all.length - SHOWN} more` : shown;
};
