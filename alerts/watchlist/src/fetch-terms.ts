import type { AlertContext } from "@mozdef/alert";
import { z } from "zod";
import { bearerToken } from "./bearer-token.ts";

const LONGEST_TERM = 1_000;

/** A service that takes longer costs its own terms, not the run and with it those of the store. */
const LONGEST_WAIT_MS = 10_000;

const MOST_TERMS = 10_000;
const answer = z.array(z.string()).max(MOST_TERMS);

/** Where terms come from. */
export interface TermSource {
  readonly api_url: string;
  /** Null: without authentication. */
  readonly secret: string | null;
}

/**
 * The terms of a watchlist service.
 *
 * @throws when the service does not answer, or not with a JSON list of texts. What it says instead is not repeated: it may come from whomever
 * the service leads to.
 */
export const fetchTerms = async (
  { api_url, secret }: TermSource,
  { fetch, now, signal }: Pick<AlertContext, "fetch" | "now" | "signal">,
): Promise<readonly string[]> => {
  // The service checks the token against its own clock, which is within minutes of the slot.
  const headers = secret === null ? {} : { authorization: `Bearer ${bearerToken(secret, now)}` };
  const within = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
  const response = await fetch(api_url, { headers: { accept: "application/json", ...headers }, signal: within });
  if (!response.ok) {
    void response.body?.cancel();
    throw new Error(`expected status 200, received ${response.status}`);
  }
  return termsOf(await response.text()).filter((term) => term.trim() !== "" && term.length <= LONGEST_TERM);
};

const termsOf = (text: string): readonly string[] => {
  const terms = answer.safeParse(parsed(text));
  if (terms.success) return terms.data;
  const [{ path, message } = { path: [], message: "" }] = terms.error.issues;
  throw new Error(`expected a JSON list of at most ${MOST_TERMS} texts; at ${path.join(".") || "its top"}: ${message}`);
};

/** Nothing when it is not JSON: the error would show how the text begins. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
