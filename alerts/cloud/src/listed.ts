/** At most ten values with commas between them; the number of the others. */
export const listed = (values: Iterable<string>): string => {
  const all = [...new Set(values)];
  const shown = all.slice(0, SHOWN).join(", ");
  return all.length > SHOWN ? `${shown} and ${all.length - SHOWN} more` : shown;
};

const SHOWN = 10;
