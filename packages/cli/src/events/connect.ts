import { type AlertStore, connectStore, createAlertStore, StoreError } from "@mozdef/alert-store";
import { dirname } from "node:path";
import { CliError } from "../cli-error.ts";
import type { AlertSources } from "./alert-sources.ts";

export interface ConnectOptions {
  readonly url: string;
  /** Put before every index name. */
  readonly prefix: string | undefined;
  /** Some may be in clusters of their own. */
  readonly sources: AlertSources;
}

/**
 * A cluster, read only by use, and those of sources. The key comes from the environment, where it is in no process list.
 *
 * @throws {CliError} `CLI_CONFIG_INVALID` when the configuration says a cluster that cannot be reached that way at all.
 */
export const connect = ({ url, prefix, sources }: ConnectOptions): AlertStore => {
  const apiKey = process.env.ELASTICSEARCH_API_KEY;
  const connected = connectStore({ node: url, ...(apiKey !== undefined && apiKey !== "" && { auth: { apiKey } }) });
  const elsewhere = connectSources(sources);
  return createAlertStore({ ...connected, elsewhere, ...(prefix !== undefined && { prefix }) });
};

type Clients = Readonly<Record<string, AlertStore["client"]>>;

const connectSources = ({ sources, file }: AlertSources): Clients =>
  Object.fromEntries(
    Object.entries(sources).flatMap(([name, { store }]) => {
      if (store === null) return [];
      try {
        return [[name, connectStore({ ...store, folder: dirname(file ?? "") }).client]];
      } catch (cause) {
        if (!(cause instanceof StoreError)) throw cause;
        throw new CliError("CLI_CONFIG_INVALID", `${file ?? ""}: sources.${name}.store.${cause.message}`, { cause });
      }
    }),
  );

/** Closes what {@link connect} has opened. */
export const closeStore = async ({ client, elsewhere }: AlertStore): Promise<void> => {
  await Promise.all([client, ...elsewhere.values()].map((one) => one.close()));
};
