import type { AlertPlugin } from "@mozdef/alert/runtime";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** What every plugin can be told. */
export interface SharedOptions {
  /** For messages; two plugins of one configuration have different ones. Default: that of the plugin, in its table. */
  readonly name?: string;
  /** Only alerts of which a key or a value equals one of these lower-case words. Default: that of the plugin. */
  readonly registration?: string | readonly string[];
  /** Lower runs earlier. Default 100. */
  readonly priority?: number;
  /** Longest time for one alert in milliseconds; then the alert goes on without the plugin. Default 5,000. */
  readonly timeoutMs?: number;
}

/** A lower-case word: any other would never equal one of an alert. */
const word = z.string().refine((text) => text !== "" && text === text.toLowerCase(), "expected a lower-case word");

export const sharedShape = {
  name: z.string().min(1).max(100).optional(),
  registration: z.union([word, z.array(word)]).optional(),
  priority: z.number().optional(),
  timeoutMs: z.number().int().min(1).max(600_000).optional(),
};

type Shared = { readonly [Key in keyof SharedOptions]?: SharedOptions[Key] | undefined };

/** The part of a plugin that its shared options say, over the plugin's own defaults. */
export const sharedPart = (
  { name, registration, priority, timeoutMs }: Shared,
  defaults: Pick<AlertPlugin, "name" | "registration"> & { readonly timeoutMs?: number },
): Omit<AlertPlugin, "onMessage"> => ({
  ...defaults,
  ...(name !== undefined && { name }),
  ...(registration !== undefined && { registration }),
  ...(priority !== undefined && { priority }),
  ...(timeoutMs !== undefined && { timeoutMs }),
});

/** A network in CIDR notation, IPv4 or IPv6. */
export const network = z.string().refine((text) => ipaddr.isValidCIDR(text), "expected a network, e.g. 8.32.0.0/16");

/** Names of indices or aliases, `*` among them. */
export const indices = z.array(z.string().min(1)).min(1);

/** Hours that a look-up goes back. */
export const hours = z
  .number()
  .positive()
  .max(24 * 366);

/** Paths at which values stand. */
export const paths = z.array(z.string().min(1)).min(1);

/** Paths at which addresses stand. Without it they are looked for anywhere. */
export const addressFields = paths.optional();
