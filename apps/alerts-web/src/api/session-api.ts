import type { RequestOf, Session } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** Who has signed in with this browser, and how one may. */
export const getSession = (signal: AbortSignal): Promise<Session> => ask<"getSession">("GET /api/session", { signal });

/** Signs in with a password. */
export const signIn = (body: RequestOf<"signIn">["body"]): Promise<Session> =>
  ask<"signIn">("POST /api/session", { body });

/** Ends the session of this browser. */
export const signOut = (): Promise<unknown> => ask<"signOut">("DELETE /api/session", {});

/** Ends all sessions of whoever has signed in. */
export const signOutEverywhere = (): Promise<unknown> => ask<"signOutEverywhere">("DELETE /api/sessions", {});
