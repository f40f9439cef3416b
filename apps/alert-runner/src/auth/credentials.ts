import { TOKEN_PREFIX } from "./secrets.ts";

/** What a caller shows in the header `Authorization`. */
export interface Credential {
  readonly secret: string;
  /** The name that goes with it, where the scheme has one. */
  readonly name: string | null;
}

/**
 * Reads `Authorization` as programs send it: `Bearer` and Splunk's `Splunk` with the secret of a token, Elasticsearch's `ApiKey` and
 * `Basic` with its name before it.
 *
 * @returns null for a scheme that is not known, or one without anything in it.
 */
export const readCredential = (header: string): Credential | null => {
  const [, scheme = "", text = ""] = /^([a-z]{1,20}) +(\S{1,2000})$/i.exec(header.trim()) ?? [];
  switch (scheme.toLowerCase()) {
    case "bearer":
    case "splunk":
      return text === "" ? null : { secret: text, name: null };
    case "apikey":
      // What a token alone comes to as base64 may have a colon by chance.
      return text.startsWith(TOKEN_PREFIX) ? { secret: text, name: null } : named(text);
    case "basic":
      return named(text);
    default:
      return null;
  }
};

const named = (base64: string): Credential | null => {
  const text = Buffer.from(base64, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 1 || colon === text.length - 1 ? null : { name: text.slice(0, colon), secret: text.slice(colon + 1) };
};
