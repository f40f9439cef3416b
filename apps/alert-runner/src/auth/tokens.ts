import { SCOPES, type Scope, type Token } from "@mozdef/alert-api";
import { isoUtc } from "@mozdef/alert";
import type { Clock } from "@mozdef/alert-engine";
import {
  type AlertStore,
  readState,
  removeState,
  statesOfType,
  StoreError,
  type Versioned,
  writeState,
} from "@mozdef/alert-store";
import { HttpError } from "../http/http-error.ts";
import { keptStates } from "./kept-states.ts";
import { hashOf, newSecret, TOKEN_PREFIX } from "./secrets.ts";

/** A token to be made. */
export interface NewToken {
  readonly name: string;
  readonly scope: Scope;
  /** Milliseconds until it ends; undefined: never. */
  readonly validMs?: number | undefined;
  readonly by: string;
}

/** A token that a caller has shown. */
export type ShownToken = Pick<Token, "name" | "scope">;

/** The tokens that programs sign in with. Of their secrets, the store has hashes alone. */
export interface Tokens {
  /** @returns by name. @throws {StoreError} */
  readonly list: () => Promise<readonly Token[]>;
  /** @throws {HttpError} `TOKEN_EXISTS`; {StoreError} */
  readonly create: (wanted: NewToken) => Promise<{ readonly token: Token; readonly secret: string }>;
  /** @throws {HttpError} `TOKEN_NOT_FOUND`; {StoreError} */
  readonly revoke: (name: string) => Promise<void>;
  /** Whose secret it is; null for one that is of no token, or of one that has ended. @throws {StoreError} */
  readonly find: (secret: string) => Promise<ShownToken | null>;
}

const TYPE = "token";
const idOf = (name: string): string => `${TYPE}-${name.toLowerCase()}`;

/** Between two notes that a token was used. */
const USE_MS = 60_000;

/** Tokens in the store that the service has its own state in. */
export const storedTokens = (store: AlertStore, clock: Pick<Clock, "now">): Tokens => {
  const kept = keptStates(store, TYPE, clock);
  const usedAt = new Map<string, number>();
  /** One that was revoked meanwhile must not come back by this. */
  const noteUse = async (name: string, now: Date): Promise<void> => {
    const last = usedAt.get(name);
    if (last !== undefined && Math.abs(now.getTime() - last) < USE_MS) return;
    usedAt.set(name, now.getTime());
    const state = await readState(store, idOf(name));
    if (state !== null) await writeState(store, idOf(name), { ...state.source, lastUsedAt: now.toISOString() }, state);
  };
  return {
    list: async () => (await statesOfType(store, TYPE)).map(viewOf),
    create: async ({ name, scope, validMs, by }) => {
      const secret = newSecret(TOKEN_PREFIX);
      const now = clock.now();
      const expiresAt = validMs === undefined ? null : new Date(now.getTime() + validMs).toISOString();
      const state = {
        ...{ type: TYPE, name, scope, hash: hashOf(secret), createdAt: now.toISOString(), createdBy: by },
        ...{ expiresAt, lastUsedAt: null },
      };
      await createOnly(store, state);
      kept.forget();
      return { token: viewOf(state), secret };
    },
    revoke: async (name) => {
      const isThere = (await readState(store, idOf(name))) !== null;
      if (!isThere) throw new HttpError("TOKEN_NOT_FOUND", `There is no token ${JSON.stringify(name.slice(0, 100))}.`);
      await removeState(store, idOf(name));
      kept.forget();
    },
    find: async (secret) => {
      const hash = hashOf(secret);
      const state = await kept.find((each) => each.hash === hash);
      if (state === null || hasEnded(state, clock.now())) return null;
      const { name, scope } = viewOf(state);
      // Whether it could be noted is no concern of the request.
      void noteUse(name, clock.now()).catch(() => undefined);
      return { name, scope };
    },
  };
};

const createOnly = async (store: AlertStore, state: Versioned["source"] & { readonly name: string }): Promise<void> => {
  try {
    await writeState(store, idOf(state.name), state, null);
  } catch (cause) {
    if (!(cause instanceof StoreError && cause.code === "STORE_CONFLICT")) throw cause;
    throw new HttpError("TOKEN_EXISTS", `There is a token ${JSON.stringify(state.name)} already. Revoke it first.`, {
      cause,
    });
  }
};

const hasEnded = ({ expiresAt }: Versioned["source"], now: Date): boolean =>
  typeof expiresAt === "string" && !(Date.parse(expiresAt) > now.getTime());

const viewOf = ({ name, scope, createdAt, createdBy, expiresAt, lastUsedAt }: Versioned["source"]): Token => ({
  name: String(name),
  // What is not known may do least.
  scope: SCOPES.find((known) => known === scope) ?? "intake",
  createdAt: timeOf(createdAt) ?? "",
  createdBy: String(createdBy),
  expiresAt: timeOf(expiresAt),
  lastUsedAt: timeOf(lastUsedAt),
});

const timeOf = (value: unknown): string | null => (typeof value === "string" ? isoUtc(new Date(value)) : null);
