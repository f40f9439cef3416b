import { type Session as SessionView, SCOPE_OF_ROLE } from "@mozdef/alert-api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AuditLog } from "../audit/audit-log.ts";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import { LOOPBACK_NAMES } from "../addresses/loopback.ts";
import type { Access } from "./access.ts";
import type { Identity } from "./identity.ts";
import type { LogIn } from "./log-in.ts";
import { isSecure } from "./session-cookie.ts";

/** What signing in takes. */
export interface SessionRoutesOptions extends LogIn {
  readonly audit: AuditLog;
}

/** Signing in at the pages. */
export const sessionRoutes = (app: FastifyInstance, options: SessionRoutesOptions): void => {
  const { access, sessionAccess, sessions, users, brake, audit } = options;
  const viewOf = (identity: Pick<Identity, "name" | "scope"> | null): SessionView => ({
    ...{ name: identity?.name ?? null, scope: identity?.scope ?? null, required: access !== null },
    ...{ password: access !== null && options.passwords, provider: options.oidc?.label ?? null },
  });

  serve(app, "getSession", async ({ request }) => viewOf(access === null ? null : await identityOr(request, access)));

  serve(app, "signIn", async ({ request, reply, body: { name, password } }) => {
    if (access === null || !options.passwords)
      throw new HttpError("SIGN_IN_FAILED", "There is no log-in with a password here (auth.passwords).");
    refuseInsecure(request);
    brake.attempt(request.ip, name);
    const user = await users.signIn(name, password);
    const note = { action: "signIn", via: "password", address: request.ip, target: null, detail: {} };
    if (user === null) {
      const code = "SIGN_IN_FAILED";
      // People type passwords where their name should be: a name that nobody has is in no log.
      const by = (await users.find(name))?.name ?? "unknown";
      await audit.noteRefusal({ ...note, by, outcome: "refused", status: 401, code });
      throw new HttpError(code, "The name or the password is wrong.");
    }
    brake.succeeded(request.ip, name);
    const scope = SCOPE_OF_ROLE[user.role];
    await sessionAccess.begin(request, reply, { user: user.name, via: "password", scope, version: user.version });
    await audit.note({ ...note, by: user.name, outcome: "done", status: 200, code: null });
    return viewOf({ name: user.name, scope });
  });

  serve(app, "signOut", async ({ request, reply }) => ({ ended: (await sessionAccess.end(request, reply)) ? 1 : 0 }));

  serve(app, "signOutEverywhere", async ({ request, reply }) => {
    const { identity } = request;
    await sessionAccess.end(request, reply);
    if (identity?.via !== "password" && identity?.via !== "oidc") return { ended: 0 };
    return { ended: 1 + (await sessions.endAll({ user: identity.name, via: identity.via })) };
  });
};

/** A cookie or token that is of no use any more is no reason not to say how one signs in. */
const identityOr = async (request: FastifyRequest, access: Access): Promise<Identity | null> => {
  try {
    return await access.identify(request);
  } catch (error) {
    if (error instanceof HttpError) return null;
    throw error;
  }
};

/** A password, and the cookie that it gives, are not for everybody on the way. */
const refuseInsecure = (request: FastifyRequest): void => {
  if (isSecure(request) || LOOPBACK_NAMES.has(request.hostname)) return;
  throw new HttpError(
    "SIGN_IN_INSECURE",
    "This would send the password in the clear. Expected: HTTPS; a proxy under listen.behindProxy says so with X-Forwarded-Proto: https.",
  );
};
