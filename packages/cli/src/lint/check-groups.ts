import { fieldOf, groupFields } from "./known-fields.ts";
import type { Check } from "./problem.ts";

/** Of a text only the words are indexed, one by one; the store refuses to group by it. */
export const checkGroups: Check = ({ searches, scope }) => {
  const problems = searches.flatMap((search) =>
    groupFields(search)
      .filter((field) => ["text", "geo_point"].includes(fieldOf(search, field, scope).kind ?? ""))
      .map((field) => `groups by ${field}, which is ${kindText(fieldOf(search, field, scope).kind)}. ${INSTEAD}`),
  );
  return [...new Set(problems)];
};

const INSTEAD = "Take a field that holds the value itself, such as hostname or details.username.";

const kindText = (kind: string | null): string =>
  kind === "text" ? "text: the store knows its single words only" : "a place on earth";
