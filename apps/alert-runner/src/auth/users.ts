import { randomUUID } from "node:crypto";
import { isoUtc } from "@mozdef/alert";
import { type Role, ROLES, type User } from "@mozdef/alert-api";
import type { Clock } from "@mozdef/alert-engine";
import {
  type AlertStore,
  checkPrecondition,
  type Precondition,
  readState,
  removeState,
  statesOfType,
  StoreError,
  type Versioned,
  writeState,
} from "@mozdef/alert-store";
import { HttpError } from "../http/http-error.ts";
import { keptStates } from "./kept-states.ts";
import type { Passwords } from "./passwords.ts";

/** Somebody who signs in with a password. */
export interface KnownUser {
  readonly name: string;
  readonly role: Role;
  /** Another one with each change: sessions from before it are over. */
  readonly version: string;
}

/** A user, and the version it has. */
export interface VersionedUser {
  readonly user: User;
  readonly version: string;
}

/** What is changed of a user. */
export interface UserChange {
  readonly role?: Role | undefined;
  readonly password?: string | undefined;
}

/** The users that the service itself keeps. */
export interface Users {
  /** @returns by name. @throws {StoreError} */
  readonly list: () => Promise<readonly User[]>;
  /** @throws {HttpError} `USER_EXISTS`, `SIGN_IN_LIMITED`; {StoreError} */
  readonly create: (wanted: {
    readonly name: string;
    readonly role: Role;
    readonly password: string;
    readonly by: string;
  }) => Promise<User>;
  /** @throws {HttpError} `USER_NOT_FOUND`; {StoreError} */
  readonly read: (name: string) => Promise<VersionedUser>;
  /**
   * Ends all sessions of the user.
   *
   * @throws {HttpError} `USER_NOT_FOUND`, `SIGN_IN_LIMITED`; {StoreError} `STORE_PRECONDITION_FAILED`
   */
  readonly change: (name: string, change: UserChange, precondition?: Precondition) => Promise<VersionedUser>;
  /** @throws {HttpError} `USER_NOT_FOUND`; {StoreError} `STORE_PRECONDITION_FAILED` */
  readonly remove: (name: string, precondition?: Precondition) => Promise<void>;
  /** @throws {StoreError} */
  readonly find: (name: string) => Promise<KnownUser | null>;
  /** @returns null when there is no such user, or the password is another one. @throws {HttpError} `SIGN_IN_LIMITED`; {StoreError} */
  readonly signIn: (name: string, password: string) => Promise<KnownUser | null>;
}

const TYPE = "user";
const idOf = (name: string): string => `${TYPE}-${name.toLowerCase()}`;

/** Users in the store that the service has its own state in. */
export const storedUsers = (store: AlertStore, clock: Pick<Clock, "now">, passwords: Passwords): Users => {
  const kept = keptStates(store, TYPE, clock);
  const hashed = async (password: string): Promise<string> => (await passwords.hash(password)) ?? refuseAsBusy();
  const present = async (name: string): Promise<Versioned> => {
    const state = await readState(store, idOf(name));
    if (state !== null) return state;
    throw new HttpError("USER_NOT_FOUND", `There is no user ${JSON.stringify(name.slice(0, 100))}.`);
  };
  return {
    list: async () => (await statesOfType(store, TYPE)).map(viewOf),
    create: async ({ name, role, password, by }) => {
      const at = clock.now().toISOString();
      const state = {
        ...{ type: TYPE, name, role, password: await hashed(password), version: randomUUID() },
        ...{ createdAt: at, createdBy: by, changedAt: at },
      };
      await createOnly(store, state);
      kept.forget();
      return viewOf(state);
    },
    read: async (name) => versionedOf((await present(name)).source),
    change: (name, { role, password }, precondition) =>
      settled(precondition, async () => {
        const before = await present(name);
        checkPrecondition(`Cannot change the user ${name}`, String(before.source.version), precondition);
        const state = {
          ...before.source,
          ...(role !== undefined && { role }),
          ...(password !== undefined && { password: await hashed(password) }),
          ...{ version: randomUUID(), changedAt: clock.now().toISOString() },
        };
        await writeState(store, idOf(name), state, before);
        kept.forget();
        return versionedOf(state);
      }),
    remove: (name, precondition) =>
      settled(precondition, async () => {
        const before = await present(name);
        checkPrecondition(`Cannot remove the user ${name}`, String(before.source.version), precondition);
        await removeState(store, idOf(name), before);
        kept.forget();
      }),
    find: async (name) => {
      const wanted = name.toLowerCase();
      const state = await kept.find((each) => String(each.name).toLowerCase() === wanted);
      return state === null ? null : knownOf(state);
    },
    signIn: async (name, password) => {
      const state = await readState(store, idOf(name));
      const isRight = await passwords.isRight(password, state === null ? null : String(state.source.password));
      if (isRight === null) return refuseAsBusy();
      return isRight && state !== null ? knownOf(state.source) : null;
    },
  };
};

/** Whoever asks for a version and is overtaken is told that it is another one by now. */
const settled = async <T>(precondition: Precondition | undefined, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const isOvertaken = error instanceof StoreError && error.code === "STORE_CONFLICT";
    if (isOvertaken && precondition !== undefined) return work();
    throw error;
  }
};

const refuseAsBusy = (): never => {
  throw new HttpError("SIGN_IN_LIMITED", "Too many passwords are being checked. Try again in a moment.");
};

const createOnly = async (store: AlertStore, state: Versioned["source"] & { readonly name: string }): Promise<void> => {
  try {
    await writeState(store, idOf(state.name), state, null);
  } catch (cause) {
    if (!(cause instanceof StoreError && cause.code === "STORE_CONFLICT")) throw cause;
    throw new HttpError("USER_EXISTS", `There is a user ${JSON.stringify(state.name)} already.`, { cause });
  }
};

/** What is not known may do least. */
const roleOf = (value: unknown): Role => ROLES.find((known) => known === value) ?? "viewer";

const knownOf = ({ name, role, version }: Versioned["source"]): KnownUser => ({
  ...{ name: String(name), role: roleOf(role), version: String(version) },
});

const versionedOf = (state: Versioned["source"]): VersionedUser => ({
  user: viewOf(state),
  version: String(state.version),
});

const viewOf = ({ name, role, createdAt, createdBy, changedAt }: Versioned["source"]): User => ({
  ...{ name: String(name), role: roleOf(role), createdBy: String(createdBy) },
  ...{ createdAt: isoUtc(new Date(String(createdAt))), changedAt: isoUtc(new Date(String(changedAt))) },
});
