import { textList } from "@mozdef/alert";
import { z } from "zod";

const port = z
  .string()
  .refine(
    (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535,
    "Expected a port from 1 to 65535",
  );

/** Ports as a list of numbers or texts, or one text with commas. The store keeps them as texts. */
export const portList: z.ZodType<string[]> = z.preprocess(
  (value) =>
    Array.isArray(value)
      ? value.map((entry) => (typeof entry === "number" ? String(entry) : (entry as unknown)))
      : value,
  textList("comma", port),
);
