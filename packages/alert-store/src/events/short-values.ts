import { LONGEST_KEYWORD } from "../schema/field-mappings.ts";
import { type Divided, valueAtPath, withValueAtPath } from "./unmapped.ts";

/**
 * An event whose long texts are found by how they begin: an index takes no keyword of more characters, so that padding would hide a
 * command line from every alert. The whole text is kept in `unmapped`.
 *
 * @param paths - Of long texts, see `checkShape`.
 * @param texts - Names of the fields that are searched word by word, whatever their length.
 */
export const withShortValues = (
  divided: Divided,
  paths: readonly (readonly string[])[],
  texts: ReadonlySet<string>,
): Divided =>
  paths.reduce(({ event, taken }, path) => {
    const name = path.join(".");
    const value = texts.has(name) ? undefined : valueAtPath(event, path);
    if (value === undefined) return { event, taken };
    return { event: withValueAtPath(event, path, shortened), taken: { ...taken, [name]: value } };
  }, divided);

/** Never between the two halves of a character. */
const shortened = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "string" || value.length <= LONGEST_KEYWORD) return value;
  const isCutInside = /[\ud800-\udbff]/.test(value.charAt(LONGEST_KEYWORD - 1));
  return value.slice(0, isCutInside ? LONGEST_KEYWORD - 1 : LONGEST_KEYWORD);
};
