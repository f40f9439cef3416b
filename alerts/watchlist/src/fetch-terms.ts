import type { AlertContext } from "@mozdef/alert";
import { preview } from "@mozdef/query/tools";
import { z } from "zod";
import { bearerToken } from "./bearer-token.ts";

const LONGEST_TERM = 1_000;
const answer = z.array(z.string()).max(10_000);

/** Where terms come from. */
export interface TermSource {
  readonly api_url: string;
  /** Null: without authentication. */
  readonly secret: string | null;
}

/**
 * The terms of a watchlist service.
 *
 * @throws when the service does not answer, or not with a JSON list of texts.
 */
export const fetchTerms = async (
  { api_url, secret }: TermSource,
  { fetch, now, signal }: Pick<AlertContext, "fetch" | "now" | "signal">,
): Promise<readonly string[]> => {
  // The service checks the token against its own clock, which is within minutes of the slot.
  const headers = secret === null ? {} : { authorization: `Bearer ${bearerToken(secret, now)}` };
  const response = await fetch(api_url, { headers: { accept: "application/json", ...headers }, signal });
  if (!response.ok) throw new Error(`expected status 200, received ${response.status}`);
  const body: unknown = await response.json();
  const terms = answer.safeParse(body);
  if (!terms.success) throw new Error(`expected a JSON list of texts, received ${preview(body)}`);
  return terms.data.filter((term) => term.trim() !== "" && term.length <= LONGEST_TERM);
};
