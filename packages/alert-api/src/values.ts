import { z } from "zod";

/** A list that the service answers with. Callers may give a read-only one, and should not change the one they get. */
export const list = <Item extends z.ZodType>(
  item: Item,
): z.ZodType<readonly z.output<Item>[], readonly z.input<Item>[]> => z.array(item);

/** An object that may have more keys than those named: others write to the same store. */
export const open = <Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodType<z.output<z.ZodObject<Shape>>, z.input<z.ZodObject<Shape>>> => z.looseObject(shape);

/** Who makes a change. Taken only where there is no log-in: else it is whoever has signed in. */
export const by = z.string().trim().min(1).max(200).default("anonymous");

/** A point in time in an answer, as MozDef writes it. */
export const timestamp = z.string().describe("ISO 8601 in UTC: 2026-01-31T12:00:00+00:00");

/** A point in time in a request. */
export const time = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)),
    "expected a time in ISO 8601, e.g. 2026-01-31T12:00:00Z",
  )
  // A schema cannot say "either" of formats otherwise.
  .meta({ anyOf: [{ format: "date" }, { format: "date-time" }] })
  .transform((text) => new Date(text));

/** One value, or several: `severity=ERROR&severity=CRITICAL`. */
export const oneOrMore = z
  .union([z.string(), z.array(z.string()).max(50)])
  .transform((value) => (typeof value === "string" ? [value] : value).filter((text) => text !== ""));

/** A whole number in a query string. */
export const wholeNumber = (least: number, most: number, preset: number) => {
  const error = `expected a whole number from ${least} to ${most}`;
  return z.coerce.number<number | string>({ error }).int(error).min(least, error).max(most, error).default(preset);
};

/** What failed, and why. */
export const failure = z.strictObject({ code: z.string(), message: z.string() });

/** Where in the code of an alert a failure comes from. */
export const place = z
  .string()
  .optional()
  .describe("Package, file, line and column in the code of the alert: my-alerts/src/alert-door.ts:25:13");
