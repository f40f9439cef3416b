import type { LinksOf } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { ListenConfig } from "../config/listen-schema.ts";
import { linkKey } from "./link-key.ts";

/** What a link is about. */
export interface LinkSubject {
  /** The alert. */
  readonly id: string;
  /** The target whose message has the link. */
  readonly target: string;
  /** When it ends, in seconds since 1970. */
  readonly until: string;
}

/** Why a link does nothing. */
export type LinkProblem = "forged" | "over";

export interface SignedLinks {
  /** For messages. @throws {StoreError} */
  readonly linksOf: LinksOf;
  /** What is wrong with a link that somebody has followed; null: nothing. @throws {StoreError} */
  readonly problemOf: (link: LinkSubject & { readonly signature: string }, now: Date) => Promise<LinkProblem | null>;
}

const DAY_S = 86_400;
const DAYS = 7;

/**
 * Links by which whoever gets a message acknowledges its alert without a log-in. They can be made by nobody else, and end.
 *
 * @param publicUrl - Where people reach the service: `https://mozdef.example.org`.
 * @param key - What signs them.
 */
export const signedLinks = (publicUrl: string, key: () => Promise<Buffer>): SignedLinks => ({
  linksOf: async (alerts, { event, now, target }) => {
    const [first, ...others] = alerts;
    const base = publicUrl.replace(/\/+$/, "");
    if (first === undefined || others.length > 0) return { alert: `${base}/alerts`, acknowledge: null };
    const alert = `${base}/alerts/${inPath(first._id)}`;
    if (event !== "trigger") return { alert, acknowledge: null };
    const subject = { id: first._id, target, until: endOf(now) };
    const { id, ...query } = { ...subject, signature: signatureOf(await key(), subject) };
    return { alert, acknowledge: `${base}/acknowledge/${inPath(id)}?${new URLSearchParams(query).toString()}` };
  },
  problemOf: async ({ signature, ...subject }, now) => {
    const right = Buffer.from(signatureOf(await key(), subject));
    const given = Buffer.from(signature);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return "forged";
    return Number(subject.until) * 1_000 > now.getTime() ? null : "over";
  },
});

/** The links of a service; null when nobody knows where people reach it. */
export const messageLinks = (store: AlertStore, { publicUrl }: Pick<ListenConfig, "publicUrl">): SignedLinks | null =>
  publicUrl === undefined ? null : signedLinks(publicUrl, linkKey(store));

/** The same during a day: each attempt to send a message has the same content then. */
const endOf = (now: Date): string => String((Math.ceil(now.getTime() / 1_000 / DAY_S) + DAYS) * DAY_S);

/** In an order and with bounds of its own, so that no two subjects sign alike. */
const signatureOf = (key: Buffer, { id, target, until }: LinkSubject): string =>
  createHmac("sha256", key)
    .update(JSON.stringify(["acknowledge", id, target, until]))
    .digest("base64url");

/** Nothing in it ends a link of Markdown. */
const inPath = (id: string): string =>
  encodeURIComponent(id).replaceAll(/[!'()*]/g, (c) => `%${(c.codePointAt(0) ?? 0).toString(16)}`);
