/** Any value of a document as one line of text. Lists of plain values are joined, the rest is shown as JSON. */
export const toText = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null))
    return value.map((item) => toText(item)).join(", ");
  return JSON.stringify(value);
};
