import { toText } from "../shared/to-text.ts";

/** An entry of a list that an alert has, for reading: whoever writes to the store may have put anything there. */
export type TextRecord = Readonly<Record<"at" | "by" | "action" | "from" | "to" | "text" | "url" | "title", string>>;

const KEYS = ["at", "by", "action", "from", "to", "text", "url", "title"] as const;

/** The objects of a list, each key as text; empty where there is none. */
export const recordsOf = (list: unknown): readonly TextRecord[] =>
  (Array.isArray(list) ? (list as readonly unknown[]) : []).flatMap((entry) => {
    if (typeof entry !== "object" || entry === null) return [];
    const values = new Map(Object.entries(entry));
    return [Object.fromEntries(KEYS.map((key) => [key, toText(values.get(key))])) as TextRecord];
  });
