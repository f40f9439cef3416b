import { ROLES } from "@mozdef/alert-api";
import { z } from "zod";
import { secureUrl, trustedAddresses } from "./listen-schema.ts";

const sessions = z.strictObject({
  /** Milliseconds without a request after which a session is over. Open pages ask for news, so theirs goes on. */
  idleMs: z.number().int().min(60_000).default(7_200_000),
  /** Milliseconds after which somebody has to sign in again, come what may. */
  absoluteMs: z.number().int().min(60_000).default(43_200_000),
});

const oidc = z.strictObject({
  /** The address of the provider, below which it has `/.well-known/openid-configuration`. */
  issuer: secureUrl,
  clientId: z.string().min(1),
  /** Default: a client without one, which PKCE alone protects. */
  clientSecret: z.string().min(1).optional(),
  /** Where the provider leads browsers back to: the address of the service with `/login/oidc/callback`, as it is registered there. */
  redirectUrl: secureUrl.refine(
    (text) => new URL(text).pathname === "/login/oidc/callback",
    "expected an address that ends in /login/oidc/callback",
  ),
  /** What people call the provider. */
  label: z.string().min(1).max(100).default("OpenID Connect"),
  /** What is asked for. */
  scopes: z.array(z.string().min(1)).default(["openid", "profile", "email"]),
  /** What somebody is called from then on: it has to be theirs alone. */
  nameClaim: z.string().min(1).default("preferred_username"),
  groupsClaim: z.string().min(1).default("groups"),
  /** The role of each group; of several, the highest. Whoever is in none of them may not sign in. */
  roles: z.record(z.string().min(1), z.enum(ROLES)),
});

/** A header in which a proxy says who somebody is. It has to replace the header when callers send one. */
const proxyHeader = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,99}$/i, "expected the name of a header, e.g. x-forwarded-user")
    .refine((name) => !/^(?:authorization|cookie|host|origin)$/i.test(name), "expected a header of the proxy's own"),
  /** The proxies that are believed, by the addresses that they connect from. */
  trusted: trustedAddresses,
  /** Of everybody whom the proxy lets in. */
  role: z.enum(ROLES).default("viewer"),
  /** Of those who have another one, by their names. */
  roles: z.record(z.string().min(1), z.enum(ROLES)).default({}),
});

/** Who may do what. Left out: there is no log-in, and the service listens on loopback only. */
export const authSchema = z.strictObject({
  /** Whether people may sign in with the passwords of users that the service keeps (`users create`). */
  passwords: z.boolean().default(true),
  sessions: sessions.prefault({}),
  /** Whether people may sign in at an OpenID provider. Default: they may not. */
  oidc: oidc.optional(),
  /** Whether a proxy says who somebody is. Default: none does. */
  proxyHeader: proxyHeader.optional(),
});

export type ProxyHeaderConfig = z.output<typeof proxyHeader>;
export type OidcConfig = z.output<typeof oidc>;
export type AuthConfig = z.output<typeof authSchema>;
