import { visible } from "./visible.ts";

/** Any value of a document as text in which nothing is hidden. Lists of plain values are joined, the rest is shown as JSON. */
export const toText = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null))
    return value.map((item) => toText(item)).join(", ");
  return visible(JSON.stringify(value));
};
