import { messageOf } from "@mozdef/alert";
import { type Role, ROLES } from "@mozdef/alert-api";
import * as openid from "openid-client";
import type { OidcConfig } from "../config/auth-schema.ts";

/** What a browser keeps while somebody is at the provider. */
export interface OidcJourney {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE. */
  readonly verifier: string;
  /** The page to come back to. */
  readonly next: string;
}

/** Somebody whom the provider knows. */
export interface OidcPerson {
  readonly name: string;
  readonly role: Role;
}

/** Why somebody could not sign in: `forbidden` when the provider knows them and they have no role here. */
export class OidcError extends Error {
  override readonly name = "OidcError";
  readonly kind: "failed" | "forbidden";

  constructor(kind: "failed" | "forbidden", message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** Signing in at an OpenID provider: the code flow, with PKCE. */
export interface Oidc {
  readonly label: string;
  /** @returns where to lead the browser, and what it has to keep. @throws {OidcError} */
  readonly begin: (next: string) => Promise<{ readonly url: string; readonly journey: OidcJourney }>;
  /** @param query - With which the browser has come back. @throws {OidcError} */
  readonly finish: (query: string, journey: OidcJourney) => Promise<OidcPerson>;
}

/** The provider is asked what it is when the first one signs in: it may be away while the service starts. */
export const createOidc = (config: OidcConfig, fetch: typeof globalThis.fetch): Oidc => {
  let known: Promise<openid.Configuration> | null = null;
  const provider = (): Promise<openid.Configuration> =>
    (known ??= discover(config, fetch).catch((cause: unknown) => {
      known = null;
      throw new OidcError("failed", `The provider ${config.issuer} cannot be asked: ${reasonOf(cause)}.`, { cause });
    }));
  return {
    label: config.label,
    begin: async (next) => {
      const verifier = openid.randomPKCECodeVerifier();
      const journey = { state: openid.randomState(), nonce: openid.randomNonce(), verifier, next };
      const url = openid.buildAuthorizationUrl(await provider(), {
        ...{ redirect_uri: config.redirectUrl, scope: config.scopes.join(" "), state: journey.state },
        ...{ nonce: journey.nonce, code_challenge_method: "S256" },
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      });
      return { url: url.href, journey };
    },
    finish: async (query, { state, nonce, verifier }) => {
      const configuration = await provider();
      const url = new URL(config.redirectUrl);
      url.search = query;
      try {
        const tokens = await openid.authorizationCodeGrant(configuration, url, {
          ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
        });
        return personOf(await claimsOf(configuration, tokens, config), config);
      } catch (cause) {
        if (cause instanceof OidcError) throw cause;
        throw new OidcError("failed", `The provider did not let somebody in: ${reasonOf(cause)}.`, { cause });
      }
    },
  };
};

const discover = async (
  { issuer, clientId, clientSecret }: OidcConfig,
  fetch: typeof globalThis.fetch,
): Promise<openid.Configuration> => {
  const url = new URL(issuer);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- only of providers on loopback, which the schema has seen to
  const insecure = url.protocol === "http:" ? [openid.allowInsecureRequests] : [];
  const authentication = clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret);
  return openid.discovery(url, clientId, undefined, authentication, {
    ...{ execute: [openid.enableNonRepudiationChecks, ...insecure], timeout: 10 },
    [openid.customFetch]: (url, init) => fetch(url, init as RequestInit),
  });
};

type Claims = Readonly<Record<string, unknown>>;

/** Some providers put groups into the token, others tell them when they are asked. */
const claimsOf = async (
  configuration: openid.Configuration,
  tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers,
  { nameClaim, groupsClaim }: OidcConfig,
): Promise<Claims> => {
  const claims = tokens.claims();
  if (claims === undefined) throw new OidcError("failed", "The provider sent no ID token.");
  const isWhole = Object.hasOwn(claims, nameClaim) && Object.hasOwn(claims, groupsClaim);
  if (isWhole || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
  return { ...(await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
};

const personOf = (claims: Claims, { nameClaim, groupsClaim, roles }: OidcConfig): OidcPerson => {
  const { [nameClaim]: name, [groupsClaim]: given } = claims;
  if (typeof name !== "string" || !/^\S(?:.{0,198}\S)?$/.test(name))
    throw new OidcError("failed", `The provider sent no ${JSON.stringify(nameClaim)} (auth.oidc.nameClaim).`);
  if (nameClaim === "email" && claims.email_verified === false)
    throw new OidcError("forbidden", `The provider has not verified the address of ${JSON.stringify(name)}.`);
  const groups: readonly unknown[] = typeof given === "string" ? [given] : Array.isArray(given) ? given : [];
  const own = groups.flatMap((group) =>
    typeof group === "string" && Object.hasOwn(roles, group) ? [roles[group]] : [],
  );
  const role = ROLES.findLast((each) => own.includes(each));
  if (role !== undefined) return { name, role };
  throw new OidcError(
    "forbidden",
    `${JSON.stringify(name)} is in no group that has a role (auth.oidc.roles; the claim ${JSON.stringify(groupsClaim)} has ${groups.length} groups).`,
  );
};

/** Errors of the provider have more to say than their own message. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${messageOf(error)}${cause}`.slice(0, 500);
};
