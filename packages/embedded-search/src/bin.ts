#!/usr/bin/env node
import { parseArgs } from "node:util";
import { EmbeddedSearch } from "./embedded-search.ts";

const HELP = `Usage: mozdef-embedded-search [options]

Serves a store that answers a part of Elasticsearch's HTTP API.

  --port <number>          port to listen on (default 9200; 0 = any free one)
  --host <address>         address to listen on (default 127.0.0.1; there is no authentication)
  --allowed-host <name>    answer to this name as well as to those of loopback; may be given several times
  --path <folder>          keep the store in this folder (default: memory only)
  --memory <MiB>           of a store in a folder: memory that it takes, about (default 512)
  --memory-limit <MiB>     of a store in memory: answer writes with 429 above this much memory
  --recover                continue with what is readable when the store is damaged
  --help                   show this text`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "9200" },
    host: { type: "string", default: "127.0.0.1" },
    "allowed-host": { type: "string", multiple: true, default: [] },
    path: { type: "string" },
    memory: { type: "string" },
    "memory-limit": { type: "string" },
    recover: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const wholeNumber = (name: string, text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TypeError(`--${name} must be a whole number, got "${text}".`);
};

const openStore = (): EmbeddedSearch => {
  const { path, recover } = values;
  const bytes = (name: "memory" | "memory-limit"): number | undefined => {
    const text = values[name];
    return text === undefined ? undefined : wholeNumber(name, text) * 1024 * 1024;
  };
  const [memoryBytes, memoryLimitBytes] = [bytes("memory"), bytes("memory-limit")];
  const store = new EmbeddedSearch({
    ...(path === undefined ? {} : { path }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
    recover,
    onProgress: ({ index, documents, total }) => console.error(`Reading ${index}: ${documents} of ${total} documents`),
  });
  const { recovery } = store;
  if (recovery)
    console.error(
      `Recovered ${recovery.documents} documents of ${recovery.indices} indices; the damaged file is ${recovery.damagedFile}.`,
    );
  return store;
};

const serve = async (): Promise<void> => {
  const port = wholeNumber("port", values.port);
  const store = openStore();
  const { url } = await store.listen({ port, host: values.host, allowedHosts: values["allowed-host"] });
  console.log(`Listening on ${url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void store.close());
};

if (values.help) console.log(HELP);
else
  try {
    await serve();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
