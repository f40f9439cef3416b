import { type AlertMessage, DELIVERY_EVENTS, type DeliveryEvent } from "@mozdef/alert/runtime";
import { z } from "zod";

/** What every action can be told. */
export interface SharedOptions {
  /** Only alerts of which a key or a value equals one of these lower-case words. Default: all. */
  readonly registration?: string | readonly string[];
  /**
   * What is told about an alert: that it was made, and, of one that was brought there, that somebody takes care of it or that it is over. `trigger`
   * is always among them. Default `["trigger"]`, unless the action says otherwise.
   */
  readonly events?: readonly DeliveryEvent[];
  /** Longest time for one request in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
}

/** What every action that writes to people can be told. */
export interface MessageOptions extends SharedOptions {
  /**
   * Where alerts are looked at, for a link to each: `https://mozdef.example.org/alerts`. Default: an address that the service
   * knows of itself (`listen.publicUrl`), else no link.
   */
  readonly alertUrl?: string;
}

const isHttp = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? "");

const isBase = (text: string): boolean => isHttp(text) && !/[?#|\s]/.test(text);

/** An address with http: or https:. */
export const httpAddress = z.string().refine(isHttp, "expected an address with http: or https:");

/** The address of a service, to which paths are added. */
export const baseAddress = z
  .string()
  .refine(isBase, "expected an address with http: or https:, without ? and #")
  .transform((text) => text.replace(/\/+$/, ""));

/** A key or a token, which goes into a header, an address or a body. */
export const credential = z.string().regex(/^[\x21-\x7E]{1,500}$/, "expected 1 to 500 characters of ASCII, no space");

export const sharedShape = {
  registration: z.union([z.string(), z.array(z.string())]).optional(),
  events: z
    .array(z.enum(DELIVERY_EVENTS))
    .refine((events) => events.includes("trigger"), "expected trigger among them")
    .optional(),
  timeoutMs: z.number().int().min(1).max(600_000).optional(),
};

export const messageShape = {
  ...sharedShape,
  alertUrl: z.string().refine(isBase, "expected an address with http: or https:, without ? and #").optional(),
};

/**
 * The part of an action that its shared options say.
 *
 * @param told - What it tells when no option says so. Default: only `trigger`.
 */
export const sharedPart = (
  { registration, events: chosen, timeoutMs }: { [Key in keyof SharedOptions]: SharedOptions[Key] | undefined },
  told?: readonly DeliveryEvent[],
) => {
  const events = chosen ?? told;
  return {
    ...(registration !== undefined && { registration }),
    ...(events !== undefined && { events }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
};

/** The address of an alert. Nothing in it ends a link of Markdown or Slack. */
export const alertLink = (base: string | undefined, { _id }: AlertMessage): string | undefined => {
  if (base === undefined) return undefined;
  const id = encodeURIComponent(_id).replaceAll(/[!'()*]/g, (c) => `%${(c.codePointAt(0) ?? 0).toString(16)}`);
  return `${new URL(base).href.replace(/\/+$/, "")}/${id}`;
};
