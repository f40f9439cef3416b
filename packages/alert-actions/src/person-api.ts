import type { DeliveryAnswer } from "@mozdef/alert/runtime";
import { z } from "zod";
import { callJson, type Sending } from "./post-json.ts";
import { baseAddress, credential, httpAddress } from "./shared-options.ts";

export const personShape = z.strictObject({
  url: baseAddress,
  oauthUrl: httpAddress,
  clientId: credential,
  clientSecret: credential,
  audience: z.string().min(1),
  scope: z.string().min(1),
  grantType: z.string().min(1).default("client_credentials"),
  tokenMinutes: z.number().int().min(1).max(100_000).default(1_080),
});

/** A directory of people that is asked with a token of OAuth 2. */
export interface PersonApiOptions {
  /** Asked for `/v2/user/primary_username/{user}` below it. */
  readonly url: string;
  /** Where the token comes from. */
  readonly oauthUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience: string;
  readonly scope: string;
  /** Default `client_credentials`. */
  readonly grantType?: string;
  /** For how long a token is used. Default 1080. */
  readonly tokenMinutes?: number;
}

/** The mail address of a user; null: there is none; or why it cannot be said now. */
export type FindEmail = (
  user: string,
  context: Sending,
) => Promise<{ readonly email: string | null } | { readonly answer: DeliveryAnswer }>;

const tokenOf = z.object({ access_token: credential });

const profileOf = z.object({
  created: z.object({ value: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z$/) }),
  identities: z.object({ mozilla_ldap_primary_email: z.object({ value: z.email() }) }),
});

/** The token is not, or no longer, good. */
const UNAUTHORISED = 401;

/** Looks up mail addresses, with one token as long as that is good. */
export const personApi = (options: z.output<typeof personShape>): FindEmail => {
  const { url, oauthUrl, clientId, clientSecret, audience, scope, grantType, tokenMinutes } = options;
  let known: { readonly token: string; readonly until: number } | null = null;

  const handshake = async (
    context: Sending,
  ): Promise<{ readonly token: string } | { readonly answer: DeliveryAnswer }> => {
    if (known !== null && known.until > context.now.getTime()) return known;
    const body = {
      ...{ client_id: clientId, client_secret: clientSecret, audience, scope },
      grant_type: grantType,
    };
    const called = await callJson({ method: "POST", url: oauthUrl, body, secrets: [clientSecret] }, context);
    if ("failure" in called) return { answer: retried(called.failure.answer, "the token for people") };
    const { success, data } = tokenOf.safeParse(called.json);
    if (!success) return { answer: { retry: "the token for people: it answered without an access_token" } };
    known = { token: data.access_token, until: context.now.getTime() + tokenMinutes * 60_000 };
    return known;
  };

  return async (user, context) => {
    const given = await handshake(context);
    if ("answer" in given) return given;
    const called = await callJson(
      {
        method: "GET",
        url: `${url}/v2/user/primary_username/${encodeURIComponent(user)}`,
        headers: { authorization: `Bearer ${given.token}` },
        secrets: [given.token],
      },
      context,
    );
    if ("failure" in called) {
      const { status, answer } = called.failure;
      if (status === UNAUTHORISED) known = null;
      // Whoever is not known there is asked by the name; what is out of order may be in order later.
      const isUnknown = "refused" in answer && status !== UNAUTHORISED;
      return isUnknown ? { email: null } : { answer: retried(answer, "the profile of the user") };
    }
    const { success, data } = profileOf.safeParse(called.json);
    return { email: success ? data.identities.mozilla_ldap_primary_email.value : null };
  };
};

const retried = (answer: DeliveryAnswer, what: string): DeliveryAnswer => {
  if (answer === undefined) return { retry: what };
  return "refused" in answer
    ? { retry: `${what}: ${answer.refused}` }
    : { ...answer, retry: `${what}: ${answer.retry}` };
};
