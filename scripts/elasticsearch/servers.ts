import { fail } from "./error.ts";

export type ServerName = "elasticsearch-9.5" | "elasticsearch-8.19" | "opensearch-3.6" | "opensearch-2.19";

/** A real server that tests can run on. */
export interface Server {
  /** How it is asked for. */
  readonly name: ServerName;
  readonly product: "elasticsearch" | "opensearch";
  readonly version: string;
  readonly oldestJava: number;
  /** Left out: none is known to be too new. */
  readonly newestJava?: number;
}

/** A minimal build of each, as its makers use it for their own tests; the first is the default. */
export const SERVERS: readonly [Server, ...Server[]] = [
  { name: "elasticsearch-9.5", product: "elasticsearch", version: "9.5.3", oldestJava: 21 },
  { name: "elasticsearch-8.19", product: "elasticsearch", version: "8.19.5", oldestJava: 17 },
  { name: "opensearch-3.6", product: "opensearch", version: "3.6.0", oldestJava: 21 },
  // It asks for a security manager, which Java no longer has from 24 on.
  { name: "opensearch-2.19", product: "opensearch", version: "2.19.6", oldestJava: 17, newestJava: 23 },
];

/** The server of a name. @throws {ElasticsearchError} naming those that there are. */
export const serverNamed = (name: string): Server =>
  SERVERS.find((server) => server.name === name) ??
  fail(`Expected one of: ${SERVERS.map((server) => server.name).join(", ")}. Received: ${name}.`);

/** The folder inside the download, and the name of its file. */
export const folderOf = ({ product, version }: Server): string => `${product}-${version}`;

/** Where Maven finds it. */
export const artifactOf = ({ product, version }: Server): string =>
  `org.${product}.distribution.integ-test-zip:${product}:${version}:zip`;

/** What the variables of its environment begin with. */
export const variablesOf = ({ product }: Server): "ES" | "OPENSEARCH" =>
  product === "elasticsearch" ? "ES" : "OPENSEARCH";
