import type { Clock } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import { type AuthConfig, authSchema } from "../config/auth-schema.ts";
import { type Access, createAccess } from "./access.ts";
import { createOidc, type Oidc } from "./oidc.ts";
import { createPasswords } from "./passwords.ts";
import { proxyHeader } from "./proxy-header.ts";
import { type SessionAccess, sessionAccess } from "./session-access.ts";
import { type Sessions, storedSessions } from "./sessions.ts";
import { type SignInBrake, signInBrake } from "./sign-in-brake.ts";
import { storedTokens, type Tokens } from "./tokens.ts";
import { storedUsers, type Users } from "./users.ts";

/** Who may use the service, and how they are known. */
export interface LogIn {
  /** null: there is no log-in, and everybody may do everything. */
  readonly access: Access | null;
  readonly tokens: Tokens;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly sessionAccess: SessionAccess;
  readonly brake: SignInBrake;
  /** Whether people may sign in with passwords. */
  readonly passwords: boolean;
  /** null: they may not sign in at a provider. */
  readonly oidc: Oidc | null;
}

export interface LogInParts {
  readonly store: AlertStore;
  readonly clock: Pick<Clock, "now">;
  readonly auth: AuthConfig | undefined;
  /** See `local-key.ts`; null: there is none. */
  readonly localKey: string | null;
  /** Asks the provider of log-ins. */
  readonly fetch: typeof fetch;
}

/** Puts the ways to sign in together. */
export const createLogIn = ({ store, clock, auth, localKey, fetch }: LogInParts): LogIn => {
  const { passwords, sessions: limits, oidc, proxyHeader: header } = auth ?? authSchema.parse({});
  const tokens = storedTokens(store, clock);
  const users = storedUsers(store, clock, createPasswords());
  const sessions = storedSessions(store, clock, limits);
  const byCookie = sessionAccess({ sessions, users });
  const byProxy = header === undefined ? null : proxyHeader(header);
  const access = auth === undefined ? null : createAccess({ tokens, localKey, sessions: byCookie, byProxy });
  return {
    access,
    tokens,
    users,
    sessions,
    sessionAccess: byCookie,
    brake: signInBrake(clock),
    passwords,
    oidc: oidc === undefined ? null : createOidc(oidc, fetch),
  };
};
