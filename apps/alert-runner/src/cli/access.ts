import { isChange, routeOf } from "@mozdef/alert-api";
import { ApiError } from "@mozdef/alert-api/client";
import type { AlertRegistry } from "@mozdef/alert-engine";
import { setUpStore } from "@mozdef/alert-store";
import { StorageError } from "@mozdef/embedded-search";
import type { FastifyBaseLogger } from "fastify";
import { auditDetail } from "../audit/audit-detail.ts";
import { storedAuditLog } from "../audit/audit-log.ts";
import { guardedFetch } from "../host/guarded-fetch.ts";
import { createLogIn } from "../auth/log-in.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import { RunnerError } from "../runner-error.ts";
import type { OpenedStore } from "../store/opened-store.ts";
import type { AccessCommand, AccessRequest } from "./access-args.ts";
import { type AccessCall, callOf } from "./access-call.ts";
import { localService } from "./local-service.ts";

export interface AccessParts {
  readonly loaded: LoadedConfig;
  readonly registry: Pick<AlertRegistry, "fields" | "indices">;
  /** Opens the store. @throws {StorageError} `STORAGE_IN_USE` when a service has an embedded one open. */
  readonly open: () => OpenedStore;
  readonly now: Date;
  readonly log: Pick<FastifyBaseLogger, "error">;
  /** Asks for a new one. */
  readonly readPassword: () => Promise<string>;
}

/**
 * Says who may use the service: in the store itself, or by the service that has an embedded store open.
 *
 * @returns lines for people.
 * @throws {RunnerError} `ACCESS_FAILED`, `OPTION_INVALID`; {HttpError}; {StoreError}
 */
export const runAccess = async ({ wanted }: AccessCommand, parts: AccessParts): Promise<string> => {
  const call = callOf(wanted, needsPassword(wanted) ? await parts.readPassword() : "");
  const opened = openedOrNot(parts.open);
  return call.shown(opened === null ? await asked(call, parts.loaded) : await done(call, opened, parts));
};

const needsPassword = ({ route }: AccessRequest): boolean => route === "createUser" || route === "setPassword";

const openedOrNot = (open: () => OpenedStore): OpenedStore | null => {
  try {
    return open();
  } catch (error) {
    if (error instanceof StorageError && error.code === "STORAGE_IN_USE") return null;
    throw error;
  }
};

/** What is done is in the audit log as if it had come over HTTP. */
const done = async (call: AccessCall, opened: OpenedStore, parts: AccessParts): Promise<unknown> => {
  const { store } = opened;
  const clock = { now: () => parts.now };
  try {
    await setUpStore(store, parts.now, parts.registry);
    const { auth, outbound } = parts.loaded.config;
    const fetch = guardedFetch({ ...outbound, isConfigured: true });
    const answer = await call.inStore(createLogIn({ store, clock, auth, localKey: null, fetch }));
    if (isChange(routeOf(call.action)))
      await storedAuditLog(store, clock, parts.log).note({
        ...{ action: call.action, by: "local", via: "local", address: "local", outcome: "done", status: 200 },
        ...{ code: null, target: call.target, detail: auditDetail(call.body) },
      });
    return answer;
  } finally {
    await opened.close();
  }
};

const asked = async ({ inService }: AccessCall, loaded: LoadedConfig): Promise<unknown> => {
  const { client, url } = localService(loaded);
  try {
    return await inService(client);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw error.status === 0
      ? failed(`another process has the store open, and no service answers at ${url}`, error)
      : failed(`${url} answered ${error.status}: ${error.message}`, error);
  }
};

const failed = (what: string, cause?: unknown): RunnerError =>
  new RunnerError("ACCESS_FAILED", `Nothing was changed: ${what}.`, { cause });
