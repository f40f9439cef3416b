import { EmbeddedSearch } from "@mozdef/embedded-search";
import { createServer as createHttpServer, type IncomingHttpHeaders } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** A store behind TLS, with what reached it. */
export interface TlsServer {
  readonly url: string;
  readonly port: number;
  readonly seen: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return portOf(server);
};

/** @param isMute - Takes requests and never answers. */
export const startTlsServer = async (options: ServerOptions, { isMute = false } = {}): Promise<TlsServer> => {
  const store = new EmbeddedSearch();
  const seen: TlsServer["seen"] = [];
  const server = createServer(options, (request, response) => {
    void (async () => {
      const { pathname, search } = new URL(request.url ?? "/", "http://x");
      seen.push({ path: pathname, headers: request.headers });
      if (isMute) return;
      const { "content-encoding": packing, ...headers } = request.headers;
      const packed = await buffer(request);
      const body = packing === "gzip" ? gunzipSync(packed) : packed;
      const asked = { method: request.method ?? "GET", path: pathname, querystring: search.slice(1), headers };
      const answer = await store.handle({ ...asked, ...(body.length > 0 && { body }) });
      response.writeHead(answer.statusCode, answer.headers).end(answer.body);
    })();
  });
  const port = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
  });
  return { url: `https://127.0.0.1:${port}`, port, seen };
};

/** A proxy that connects to one port, whatever it is asked for. */
export const startProxy = async (port: number): Promise<{ readonly url: string; readonly asked: string[] }> => {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const server = createHttpServer();
  server.on("connect", ({ url = "" }, client: Socket) => {
    asked.push(url);
    const upstream = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    sockets.push(upstream, client);
    for (const socket of [upstream, client]) socket.on("error", () => socket.destroy());
  });
  const own = await listen(server);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${own}`, asked };
};
