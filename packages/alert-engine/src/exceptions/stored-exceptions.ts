import {
  type AlertStore,
  checkPrecondition,
  type Precondition,
  readState,
  statesOfType,
  StoreError,
  type Versioned,
  versionText,
  writeState,
} from "@mozdef/alert-store";
import { randomUUID } from "node:crypto";
import { EngineError } from "../engine-error.ts";
import {
  checkException,
  clausesOf,
  type ExceptionMatch,
  type ExceptionRequest,
  isOver,
  type StoredException,
} from "./stored-exception.ts";

const TYPE = "exception";

/** For how long one that is over is still listed, and known to slots of the past. */
const KEPT_MS = 366 * 86_400_000;

/** Somebody may change it at the same time; each round one of both gets through. */
const MOST_ROUNDS = 10;

/** All exceptions that people have made, of all alerts, the newest first. @throws {StoreError} */
export const listExceptions = async (store: AlertStore, now: Date): Promise<readonly StoredException[]> =>
  (await statesOfType(store, TYPE))
    .flatMap((document) => exceptionOf(document) ?? [])
    .filter(({ until }) => until === null || now.getTime() - until.getTime() < KEPT_MS)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());

/** An exception as it is stored, and its version: another one with each change. */
export interface VersionedException extends StoredException {
  readonly version: string;
}

/** Where an exception is. */
export type ExceptionAddress = Pick<StoredException, "alert" | "id">;

/** @throws {EngineError} `EXCEPTION_NOT_FOUND`. @throws {StoreError} */
export const getException = async (store: AlertStore, address: ExceptionAddress): Promise<VersionedException> => {
  const { exception, stored } = await readOne(store, address);
  return { ...exception, version: versionText(stored.version) };
};

/** @throws {EngineError} `EXCEPTION_INVALID`. @throws {StoreError} */
export const createException = async (
  store: AlertStore,
  request: ExceptionRequest,
  now: Date,
): Promise<VersionedException> => {
  const others = (await listExceptions(store, now)).filter(({ alert }) => alert === request.alert);
  checkException(request, others, now);
  const exception = { ...request, id: randomUUID(), createdAt: now, endedBy: null, endedAt: null };
  const version = await writeState(store, stateId(exception.id), documentOf(exception), null);
  return { ...exception, version: versionText(version) };
};

/**
 * Ends an exception of an alert now; it stays in the list. One that is over stays as it is.
 *
 * @param precondition - Which version may be ended. Default: any.
 * @throws {EngineError} `EXCEPTION_NOT_FOUND`. @throws {StoreError} `STORE_PRECONDITION_FAILED`; `STORE_CONFLICT` when it keeps being changed.
 */
export const endException = async (
  store: AlertStore,
  address: ExceptionAddress,
  by: string,
  now: Date,
  precondition?: Precondition,
): Promise<VersionedException> => {
  for (let round = 1; ; round += 1) {
    const { exception, stored } = await readOne(store, address);
    const version = versionText(stored.version);
    checkPrecondition(`Cannot end the exception ${exception.id}`, version, precondition);
    if (isOver(exception, now)) return { ...exception, version };
    const ended: StoredException = { ...exception, until: now, endedBy: by, endedAt: now };
    try {
      return { ...ended, version: versionText(await writeState(store, stateId(ended.id), documentOf(ended), stored)) };
    } catch (error) {
      if (!(error instanceof StoreError && error.code === "STORE_CONFLICT") || round === MOST_ROUNDS) throw error;
    }
  }
};

const readOne = async (
  store: AlertStore,
  { alert, id }: ExceptionAddress,
): Promise<{ exception: StoredException; stored: Versioned }> => {
  const stored = await readState(store, stateId(id));
  const exception = stored === null ? null : exceptionOf(stored.source);
  if (stored !== null && exception?.alert === alert) return { exception, stored };
  throw new EngineError(
    "EXCEPTION_NOT_FOUND",
    `${alert} has no exception with the id ${JSON.stringify(id.slice(0, 200))} that can be ended here. Those of the configuration end there.`,
  );
};

const stateId = (id: string): string => `${TYPE}-${id}`;

/** `match` as text: what somebody leaves out must never be a field of the index. */
const documentOf = ({ id, alert, match, reason, until, by, createdAt, endedBy, endedAt }: StoredException) => ({
  ...{ type: TYPE, name: id, alert, reason, by },
  match: JSON.stringify(match),
  until: until?.toISOString() ?? null,
  createdat: createdAt.toISOString(),
  endedby: endedBy,
  endedat: endedAt?.toISOString() ?? null,
});

/** Null for what is no exception: others may have written to the index. */
const exceptionOf = (document: Readonly<Record<string, unknown>>): StoredException | null => {
  const { name, alert, match, reason, until, by, createdat, endedby, endedat } = document;
  try {
    const exception: StoredException = {
      ...{ id: String(name), alert: String(alert), reason: String(reason), by: String(by) },
      match: JSON.parse(String(match)) as ExceptionMatch,
      until: timeOrNull(until),
      createdAt: timeOf(createdat),
      endedBy: typeof endedby === "string" ? endedby : null,
      endedAt: timeOrNull(endedat),
    };
    clausesOf(exception);
    return exception;
  } catch {
    return null;
  }
};

const timeOrNull = (value: unknown): Date | null => (value === null || value === undefined ? null : timeOf(value));

const timeOf = (value: unknown): Date => {
  const time = new Date(String(value));
  if (Number.isNaN(time.getTime())) throw new Error("It is not a time.");
  return time;
};
