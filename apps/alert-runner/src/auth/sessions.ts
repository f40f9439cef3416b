import { SCOPES, type Scope } from "@mozdef/alert-api";
import type { Clock } from "@mozdef/alert-engine";
import { type AlertStore, readState, removeState, statesOfType, type Versioned, writeState } from "@mozdef/alert-store";
import { hashOf, newSecret } from "./secrets.ts";

/** Somebody who has signed in at the pages. */
export interface Session {
  readonly user: string;
  readonly via: "password" | "oidc";
  /** What they may do. Of somebody with a password: what they might when they signed in. */
  readonly scope: Scope;
  /** Of the user, when they signed in; null where others keep the users. */
  readonly version: string | null;
}

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  /** Without a request. */
  readonly idleMs: number;
  /** At all. */
  readonly absoluteMs: number;
}

/** Sessions of people, for all instances on a store. */
export interface Sessions {
  /** @returns what the browser shows from then on. @throws {StoreError} */
  readonly begin: (session: Session) => Promise<string>;
  /** @returns null for one that is over, or that there never was. @throws {StoreError} */
  readonly find: (secret: string) => Promise<Session | null>;
  /** @throws {StoreError} */
  readonly end: (secret: string) => Promise<void>;
  /** Ends all of somebody, wherever they have signed in. @returns how many. @throws {StoreError} */
  readonly endAll: (whose: Pick<Session, "user" | "via">) => Promise<number>;
}

const TYPE = "session";
const idOf = (hash: string): string => `${TYPE}-${hash}`;

/** Between two notes that a session was used, and two looks for those that are over. */
const USE_MS = 60_000;
const TIDY_MS = 3_600_000;

/** Sessions in the store, by hashes of what browsers show. */
export const storedSessions = (store: AlertStore, clock: Pick<Clock, "now">, limits: SessionLimits): Sessions => {
  let tidiedAt = Number.NEGATIVE_INFINITY;
  const isOver = ({ createdAt, seenAt }: Versioned["source"]): boolean => {
    const now = clock.now().getTime();
    return !(now - timeOf(createdAt) < limits.absoluteMs && now - timeOf(seenAt) < limits.idleMs);
  };
  const removeAll = async (sessions: readonly Versioned["source"][]): Promise<void> => {
    for (const { name } of sessions) await removeState(store, idOf(String(name)));
  };
  /** Nobody asks for those that were never ended. */
  const tidy = async (): Promise<void> => {
    const now = clock.now().getTime();
    if (Math.abs(now - tidiedAt) < TIDY_MS) return;
    tidiedAt = now;
    await removeAll((await statesOfType(store, TYPE)).filter(isOver));
  };
  return {
    begin: async (session) => {
      await tidy();
      const secret = newSecret("");
      const name = hashOf(secret);
      const at = clock.now().toISOString();
      await writeState(store, idOf(name), { type: TYPE, name, ...session, createdAt: at, seenAt: at }, null);
      return secret;
    },
    find: async (secret) => {
      const id = idOf(hashOf(secret));
      const state = await readState(store, id);
      if (state === null || isOver(state.source)) return null;
      const now = clock.now();
      // Only as it was read: one that was ended meanwhile must not come back. Whether it could be noted is no concern of the request.
      if (now.getTime() - timeOf(state.source.seenAt) >= USE_MS)
        void writeState(store, id, { ...state.source, seenAt: now.toISOString() }, state).catch(() => undefined);
      return sessionOf(state.source);
    },
    end: (secret) => removeState(store, idOf(hashOf(secret))),
    endAll: async ({ user, via }) => {
      const all = await statesOfType(store, TYPE);
      const own = all.filter((state) => state.user === user && state.via === via);
      await removeAll(own);
      return own.length;
    },
  };
};

const timeOf = (value: unknown): number => Date.parse(String(value));

const sessionOf = ({ user, via, scope, version }: Versioned["source"]): Session => ({
  user: String(user),
  via: via === "oidc" ? "oidc" : "password",
  scope: SCOPES.find((known) => known === scope) ?? "read",
  version: typeof version === "string" ? version : null,
});
