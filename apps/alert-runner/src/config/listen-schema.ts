import ipaddr from "ipaddr.js";
import { z } from "zod";
import { isLoopback } from "../addresses/loopback.ts";

const isNetwork = (text: string): boolean => ipaddr.isValid(text) || ipaddr.isValidCIDR(text);

/** Addresses and networks whose word is taken. */
export const trustedAddresses = z
  .array(z.string().refine(isNetwork, "expected an address or a network, e.g. 10.0.0.5 or 10.0.0.0/8"))
  .min(1)
  .max(1_000);

/** Secrets are not for everybody on the way. */
export const secureUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || isLoopback(hostname);
}, "expected an https address (http on loopback only)");

const isOrigin = (text: string): boolean => {
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === "/" && `${search}${hash}${username}${password}` === "" && !/[?#]/.test(text);
};

/** Of each, PEM text or the path of a file, relative to the configuration file. A file that changes is read again. */
const tls = z.strictObject({ cert: z.string().min(1), key: z.string().min(1) });

export const listenSchema = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  port: z.number().int().min(0).max(65_535).default(8_080),
  /**
   * Host names under which the service may be called, beside the loopback ones. Guards it against web pages that point a name of
   * their own at it. Default: the names in the certificate of `tls`; with a log-in behind a proxy: all; on loopback: no others.
   */
  allowedHosts: z.array(z.string().min(1)).optional(),
  /**
   * Where people reach the service: `https://mozdef.example.org`. Messages about alerts then lead to their pages, and to acknowledging
   * them. The service answers under that name. Default: messages have the links that their actions are configured with.
   */
  publicUrl: secureUrl.refine(isOrigin, "expected scheme, name and port alone: https://mozdef.example.org").optional(),
  /** HTTPS instead of HTTP. */
  tls: tls.optional(),
  /** Proxies whose word is taken for where a request comes from, and under which name and scheme: `X-Forwarded-For`, `-Host`, `-Proto`. */
  behindProxy: z.strictObject({ trusted: trustedAddresses }).optional(),
  /**
   * `loopback`: the address that the service listens on is reached from this machine only, as that of a container whose port is
   * published on 127.0.0.1. It needs no log-in then.
   */
  publishedOn: z.literal("loopback").optional(),
});

export type ListenConfig = z.output<typeof listenSchema>;
