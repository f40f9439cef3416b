import { type AlertServices, childHost, type ChildHost, pooledHost, readPermissions } from "@mozdef/alert-engine";
import { type AlertStore, answerRelayed, StoreError } from "@mozdef/alert-store";
import type { Config } from "../config/config-schema.ts";

export interface AlertProcessOptions {
  readonly isolation: Config["isolation"];
  /** The configuration file; null when there is none. */
  readonly file: string | null;
  readonly store: AlertStore;
  readonly services: Pick<AlertServices, "log">;
}

/** The same file before and after building. */
const PROGRAM = new URL(import.meta.url.endsWith(".ts") ? "./alert-process.ts" : "./alert-process.js", import.meta.url);

/** The host that has the alerts in processes of their own: each is started with the first run of one of its alerts. */
export const startAlertProcesses = (options: AlertProcessOptions): ChildHost => {
  const more = Array.from({ length: options.isolation.processes - 1 }, () => startAlertProcess(options));
  return pooledHost([startAlertProcess(options), ...more]);
};

const startAlertProcess = ({ isolation, file, store, services: { log } }: AlertProcessOptions): ChildHost =>
  childHost({
    program: PROGRAM,
    args: file === null ? [] : [file],
    execArgv: [...process.execArgv, ...(isolation.permissions === "read" ? readPermissions() : [])],
    memoryBytes: isolation.memoryBytes,
    blockMs: isolation.blockMs,
    log,
    relay: (cluster) => (request) => {
      const client = cluster === null ? store.client : store.elsewhere.get(cluster);
      if (client !== undefined) return answerRelayed(client, request);
      throw new StoreError("STORE_SOURCE_UNREACHABLE", `There is no cluster of a source ${JSON.stringify(cluster)}.`);
    },
  });
