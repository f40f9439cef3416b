// For servers without security: asks for the key, lets pass what a key with the privilege `read` may do, and refuses the rest with 403.
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Access } from "./story.ts";

const KEY = "cmVhZGVyOm9ubHk=";
const INDICES = String.raw`\/(logs-|%3Alogs-)[^/]*`;

/** Method and path of what `read` on `logs-*` allows; a search for several indices at once says them in its body. */
const READING = [
  new RegExp(String.raw`^(GET|POST) ${INDICES}\/_(search|count|mget|field_caps|msearch)(\?|$)`),
  new RegExp(String.raw`^POST ${INDICES}\/_search\/point_in_time(\?|$)`),
  new RegExp(String.raw`^GET ${INDICES}\/_doc\/[^/]+(\?|$)`),
  /^POST \/_(msearch|mget|search)(\?|$)/,
  /^DELETE \/_search\/point_in_time(\?|$)/,
];

/** In the words of OpenSearch's security. */
const refuse = (response: ServerResponse, status: number, path: string): void => {
  const action = path === "/" ? "cluster:monitor/main" : path;
  const reason = status === 401 ? "Unauthorized" : `no permissions for [${action}] and User [name=reader]`;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { type: "security_exception", reason }, status }));
};

const forward = (to: URL, incoming: IncomingMessage, response: ServerResponse): void => {
  const { method, url, headers } = incoming;
  const others = Object.entries(headers).filter(([name]) => name !== "authorization" && name !== "host");
  const outgoing = request(new URL(url ?? "/", to), { method, headers: Object.fromEntries(others) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on("error", () => response.destroy());
  incoming.pipe(outgoing);
};

/** Starts the proxy on a free port. */
export const readOnlyProxy = async (url: string): Promise<Access> => {
  const refused: string[] = [];
  const server = createServer((incoming, response) => {
    const asked = `${incoming.method ?? ""} ${incoming.url ?? ""}`;
    if (incoming.headers.authorization !== `ApiKey ${KEY}`) refuse(response, 401, "");
    else if (READING.some((pattern) => pattern.test(asked))) forward(new URL(url), incoming, response);
    else {
      refused.push(asked);
      refuse(response, 403, incoming.url ?? "");
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    auth: '{ apiKey: env("LOGS_SECRET") }',
    secret: KEY,
    // Asking for the version is how the family is found; a refusal is an answer.
    refused: () => refused.filter((asked) => !/^GET \/(_nodes\/_local.*)?$/.test(asked)),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
