import {
  type AlertServices,
  childHost,
  type ChildHost,
  pooledHost,
  readPermissions,
  splitHost,
} from "@mozdef/alert-engine";
import { type AlertStore, answerRelayed, StoreError } from "@mozdef/alert-store";
import type { Config } from "../config/config-schema.ts";
import { writeArguments } from "./alert-process-arguments.ts";

export interface AlertProcessOptions {
  readonly isolation: Config["isolation"];
  /** The configuration file; null when there is none. */
  readonly file: string | null;
  /** The indices that packs declare. */
  readonly indices: readonly string[];
  readonly store: AlertStore;
  readonly services: Pick<AlertServices, "log">;
  /** Whether code of the alerts changes while the service runs. Default false. */
  readonly hasSpare?: boolean;
}

/** The same file before and after building. */
const PROGRAM = new URL(import.meta.url.endsWith(".ts") ? "./alert-process.ts" : "./alert-process.js", import.meta.url);

/**
 * The host that has the alerts in processes of their own: each is started with the first run of one of its alerts. Trusted packs have one
 * for themselves.
 */
export const startAlertProcesses = (options: AlertProcessOptions): ChildHost => {
  const { permissions, processes, trusted } = options.isolation;
  const ofOthers = { isTrusted: false, permissions };
  const more = Array.from({ length: processes - 1 }, () => startAlertProcess(options, ofOthers));
  const others = pooledHost([startAlertProcess(options, ofOthers), ...more]);
  if (trusted.length === 0) return others;
  return splitHost(({ pack }) => pack !== undefined && trusted.includes(pack), {
    trusted: startAlertProcess(options, { isTrusted: true, permissions: "all" }),
    others,
  });
};

interface ProcessKind {
  readonly isTrusted: boolean;
  readonly permissions: Config["isolation"]["permissions"];
}

const startAlertProcess = (
  { isolation, file, indices, store, services: { log }, hasSpare = false }: AlertProcessOptions,
  { isTrusted, permissions }: ProcessKind,
): ChildHost =>
  childHost({
    program: PROGRAM,
    args: [writeArguments({ file, isTrusted, indices })],
    execArgv: [...process.execArgv, ...(permissions === "read" ? readPermissions() : [])],
    memoryBytes: isolation.memoryBytes,
    blockMs: isolation.blockMs,
    hasSpare,
    log,
    relay: (cluster) => (request) => {
      const client = cluster === null ? store.client : store.elsewhere.get(cluster);
      if (client !== undefined) return answerRelayed(client, request);
      throw new StoreError("STORE_SOURCE_UNREACHABLE", `There is no cluster of a source ${JSON.stringify(cluster)}.`);
    },
  });
