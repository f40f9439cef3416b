import {
  AlertTask,
  eachEvent,
  textAt,
  valueAt,
  valuesAt,
  webUrl,
  type AlertAbout,
  type AlertContext,
  type Hit,
  type HookContext,
} from "@mozdef/alert";
import { any, QueryStringMatch, SearchQuery } from "@mozdef/query";
import { z } from "zod";
import { fetchTerms } from "../fetch-terms.ts";
import { noTerms } from "../no-terms.ts";
import { matchingTerms } from "../matching-terms.ts";
import { ownTerms } from "../own-terms.ts";

const KNOWN_SECRETS: ReadonlySet<string> = new Set(["", "secret"]);

const config = z
  .object({
    /** Answers GET with a JSON list of terms; empty for none. */
    api_url: webUrl.default("http://localhost:8081/getwatchlist"),
    /** Signs the token. MozDef's own default, `secret`, is known to everybody. */
    jwt_secret: z.string().default(""),
    /** Whether to prove knowledge of the secret to the service. As a text, everything but `false` is true. */
    use_auth: z
      .preprocess((value) => (typeof value === "string" ? value.trim().toLowerCase() !== "false" : value), z.boolean())
      .default(false),
    /** Index of the store with terms of its own; empty for none. */
    watchlist_index: z.string().default("watchlist"),
  })
  .refine(({ use_auth, jwt_secret }) => !use_auth || !KNOWN_SECRETS.has(jwt_secret), {
    path: ["jwt_secret"],
    message: "expected a secret that nobody else knows, since use_auth is on",
  });

/** An event that contains a term somebody watches for. */
export class AlertWatchList extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "An event that contains a term somebody watches for.",
    severity: "WARNING",
    falsePositives: ["A term so common that harmless events contain it."],
    triage: [
      "Who added the term, and why? The comment is on the watchlist page.",
      "Follow the instructions of that incident.",
    ],
  };

  async main(context: AlertContext) {
    const terms = [...new Set([...(await this.storedTerms(context)), ...(await this.fetchedTerms(context))])];
    if (terms.length === 0) return [];
    // All terms in one search, so that an event with two of them alerts for both.
    return eachEvent(SearchQuery({ minutes: 20 }).must(any(...terms.map(phrase))), { data: terms });
  }

  onEvent(event: Hit, { data: terms }: HookContext<readonly string[]>) {
    const hostname = textAt(event, "hostname", "");
    if (hostname === "" || valueAt(event._source, "details") == null) return null;
    const found = terms.length === 1 ? terms : matchingTerms(event._source, terms);
    const detected = found.length === 0 ? "unknown" : found.join(", ");
    return {
      summary: `Watchlist term ${detected} detected ${part("by", event, USERS)} ${part("from", event, SOURCES)} on ${hostname}`,
      category: "watchlist",
      tags: ["watchtarget"],
      severity: "WARNING",
    };
  }

  private async storedTerms(context: AlertContext): Promise<readonly string[]> {
    return this.config.watchlist_index === "" ? [] : ownTerms(this.config.watchlist_index, context);
  }

  /** A service that does not answer costs its terms, not those of the store. */
  private async fetchedTerms(context: AlertContext): Promise<readonly string[]> {
    const { api_url, jwt_secret, use_auth } = this.config;
    if (api_url === "") return [];
    try {
      return await fetchTerms({ api_url, secret: use_auth ? jwt_secret : null }, context);
    } catch (cause) {
      context.report(noTerms(api_url, cause));
      return [];
    }
  }
}

/** Inside quotes only these two mean something. */
const phrase = (term: string) => QueryStringMatch(`"${term.replace(/["\\]/g, "\\$&")}"`);

const USERS = ["details.username", "details.originaluser", "details.user"];
const SOURCES = ["details.sourceipaddress"];

/** `by root`; nothing when the event has none of the fields. MozDef leaves the spaces around it, and so does the summary. */
const part = (word: string, event: Hit, paths: readonly string[]): string => {
  const path = paths.find((candidate) => valuesAt(event._source, candidate).length > 0);
  return path === undefined ? "" : `${word} ${textAt(event, path)}`;
};
