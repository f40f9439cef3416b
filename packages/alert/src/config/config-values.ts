import ipaddr from "ipaddr.js";
import { z } from "zod";
import { SEVERITIES } from "../document/severity.ts";
import { isAddress } from "../helpers/addresses.ts";

/** How MozDef's own configuration files write a list as one text. */
export type ListSeparator = "whitespace" | "comma";

const SEPARATORS: Readonly<Record<ListSeparator, RegExp>> = { whitespace: /\s/, comma: /,/ };

/**
 * A list of texts. Also takes one text and splits it as MozDef's files have it: `"a b"` at white space, `"a, b"` at commas.
 * Elements of a split text are trimmed, empty ones dropped; in a list an empty element is refused.
 *
 * Default elements: any text. `element` narrows them, e.g. `textList("comma", networkText)`.
 */
export const textList = <Element extends z.ZodType<string>>(
  separator: ListSeparator,
  element: Element = z.string().min(1, "Expected a text that is not empty") as unknown as Element,
): z.ZodType<string[]> =>
  z.preprocess((value) => (typeof value === "string" ? splitText(value, separator) : value), z.array(element));

const splitText = (text: string, separator: ListSeparator): readonly string[] =>
  text
    .split(SEPARATORS[separator])
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** One of {@link SEVERITIES}. */
export const severityName: z.ZodEnum<{ [Name in (typeof SEVERITIES)[number]]: Name }> = z.enum(SEVERITIES);

/** An http(s) address to read on at, or an empty text for none. */
export const webUrl: z.ZodType<string> = z
  .string()
  .refine(
    (text) => text === "" || (/^https?:/i.test(text) && URL.canParse(text)),
    "Expected an http or https address, or an empty text",
  );

/** A dotted quad or an IPv6 address. */
export const addressText: z.ZodType<string> = z
  .string()
  .refine(isAddress, "Expected an IPv4 or IPv6 address such as 192.0.2.7 or 2001:db8::7");

/** A network in CIDR form, IPv4 or IPv6; bits below the prefix are refused where it is used in a query. */
export const networkText: z.ZodType<string> = z
  .string()
  .refine((text) => ipaddr.isValidCIDR(text), "Expected a network such as 10.0.0.0/8 or 2001:db8::/32");

/** A whole number from 1, also as text: MozDef's files have only texts. */
export const wholeCount: z.ZodType<number> = z.preprocess(
  (value) => (typeof value === "string" && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value),
  z.int().min(1),
);
