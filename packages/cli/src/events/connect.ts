import { type AlertStore, connectStore, createAlertStore } from "@mozdef/alert-store";

export interface ConnectOptions {
  readonly url: string;
  /** Put before every index name. */
  readonly prefix: string | undefined;
}

/** A cluster, read only by use. The key comes from the environment, where it is in no process list. */
export const connect = ({ url, prefix }: ConnectOptions): AlertStore => {
  const apiKey = process.env.ELASTICSEARCH_API_KEY;
  const connected = connectStore({ node: url, ...(apiKey !== undefined && apiKey !== "" && { auth: { apiKey } }) });
  return createAlertStore({ ...connected, ...(prefix !== undefined && { prefix }) });
};
