import { pathToFileURL } from "node:url";

/** Where the events of the last day are, or why there are none to be had. */
export type EventStore =
  { readonly url: string; readonly prefix: string | null; readonly about: string } | { readonly missing: string };

export interface EventStoreOptions {
  /** As `--url` and `--prefix` say. */
  readonly url: string | undefined;
  readonly prefix: string | undefined;
  /** The configuration of the service; null when there is none. */
  readonly file: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
}

/** Longest time for a service on this machine to say how it is, in milliseconds. */
const ANSWER_MS = 5_000;

/** The store that is named, else that of the service that runs here, else the cluster of its configuration. */
export const eventStore = async (options: EventStoreOptions): Promise<EventStore> => {
  const { url, prefix = null, file, env } = options;
  if (url !== undefined) return { url, prefix, about: `events of ${url}` };
  const { listen, store } = await settingsIn(file);
  const address = addressOf(listen, env);
  const answer = await askService(address, options.fetch);
  if (answer === "readable")
    return { url: address, prefix: null, about: `events of the service at ${address}, which takes over what you edit` };
  const [node] = [store.node].flat();
  if (typeof node === "string") {
    const ofConfig = typeof store.prefix === "string" ? store.prefix : null;
    return {
      url: node,
      prefix: prefix ?? ofConfig,
      about: `events of ${withoutCredentials(node)}, as in ${file ?? ""}`,
    };
  }
  return {
    missing:
      answer === "closed"
        ? `The service at ${address} does not let its events be read, and does not take over what you edit: start it with --watch.`
        : `No store with events: no service answers at ${address} (start it with --watch), and no configuration names a cluster.`,
  };
};

/** As far as it matters here; the service itself checks all of it. */
interface Settings {
  readonly listen: Readonly<Record<string, unknown>>;
  readonly store: Readonly<Record<string, unknown>>;
}

const settingsIn = async (file: string | null): Promise<Settings> => {
  const module = file === null ? {} : ((await import(pathToFileURL(file).href)) as { readonly default?: unknown });
  const config = recordOf(Reflect.get(module, "default"));
  return { listen: recordOf(config.listen), store: recordOf(config.store) };
};

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Where a service of this configuration is to be found from this machine. */
const addressOf = (listen: Settings["listen"], env: EventStoreOptions["env"]): string => {
  const port = env.PORT ?? (typeof listen.port === "number" ? String(listen.port) : "8080");
  const host = env.HOST ?? (typeof listen.host === "string" ? listen.host : "127.0.0.1");
  const isAny = host === "0.0.0.0" || host === "::";
  return `${listen.tls === undefined ? "http" : "https"}://${isAny ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
};

/** Only a service that watches answers; any other one refuses in its own way. */
const askService = async (address: string, ask: typeof fetch): Promise<"readable" | "closed" | "absent"> => {
  try {
    const response = await ask(`${address}/events*/_count`, {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await response.body?.cancel();
    return response.ok ? "readable" : response.status === 403 ? "closed" : "absent";
  } catch {
    return "absent";
  }
};

const withoutCredentials = (address: string): string => {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href;
};
