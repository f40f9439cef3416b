import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { guardedFetch } from "./guarded-fetch.ts";

const start = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

const refused = (message: string) => ({
  code: "ALERT_FETCH_REFUSED",
  message: expect.stringContaining(message) as string,
});

describe("context.fetch of the service", () => {
  it.each([
    "http://127.0.0.1:PORT/",
    "http://[::1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f.1:PORT/",
    "http://localhost:PORT/",
    "http://10.0.0.1:PORT/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0.0.0.0:PORT/",
    "http://100.64.0.1/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
  ])("does not ask %s", async (url) => {
    const port = await start((_, response) => response.end("secret"));
    const asked = guardedFetch({ allow: [] })(url.replace("PORT", String(port)));
    await expect(asked).rejects.toMatchObject(refused("outbound.allow"));
  });

  it.each(["file:///etc/passwd", "ftp://192.0.2.1/", "data:text/plain,x"])("does not ask %s", async (url) => {
    await expect(guardedFetch({ allow: [] })(url)).rejects.toMatchObject(refused("http or https"));
  });

  it.each([["127.0.0.1"], ["127.0.0.0/8"]])("asks what the configuration allows by %s", async (allowed) => {
    const port = await start((request, response) => response.end(`${request.method ?? ""} ${request.url ?? ""}`));
    const answer = await guardedFetch({ allow: [allowed] })(`http://127.0.0.1:${port}/a?b=1`, { method: "POST" });
    expect([answer.status, await answer.text()]).toEqual([200, "POST /a?b=1"]);
  });

  it("asks a name that the configuration allows, whatever address it has", async () => {
    const port = await start((_, response) => response.end("[1]"));
    const answer = await guardedFetch({ allow: ["LOCALHOST"] })(new URL(`http://localhost:${port}/`));
    expect(await answer.json()).toEqual([1]);
  });

  it("looks at each redirect, and takes credentials to no other place", async () => {
    const seen: unknown[] = [];
    const other = await start((request, response) => {
      seen.push([request.method, request.headers.authorization, request.headers["x-own"]]);
      response.end("there");
    });
    const port = await start((request, response) => {
      const target = request.url === "/private" ? "http://10.0.0.1/" : `http://127.0.0.1:${other}/`;
      response.writeHead(302, { location: request.url?.startsWith("/circle") === true ? "/circle" : target }).end();
    });
    const fetching = guardedFetch({ allow: ["127.0.0.1"] });
    const init = { method: "POST", body: "x", headers: { authorization: "Bearer secret", "x-own": "1" } };
    expect(await (await fetching(`http://127.0.0.1:${port}/`, init)).text()).toBe("there");
    expect(seen).toEqual([["GET", undefined, "1"]]);
    await expect(fetching(`http://127.0.0.1:${port}/private`)).rejects.toMatchObject(refused("10.0.0.1"));
    await expect(fetching(`http://127.0.0.1:${port}/circle?key=secret`)).rejects.toMatchObject(refused("5 redirects"));
    await expect(fetching(`http://127.0.0.1:${port}/circle?key=secret`)).rejects.not.toMatchObject({
      message: expect.stringContaining("secret") as string,
    });
  });

  it("goes where the configuration says, and looks at where it is led from there", async () => {
    const port = await start((request, response) => {
      if (request.url === "/hook") response.end("taken");
      else response.writeHead(307, { location: request.url === "/away" ? "http://10.0.0.1/" : "/hook" }).end();
    });
    const address = `http://127.0.0.1:${port}`;
    const fetching = guardedFetch({ allow: [], isConfigured: true });
    expect(await (await fetching(`${address}/hook`, { method: "POST" })).text()).toBe("taken");
    expect((await fetching(`${address}/away`, { redirect: "manual" })).status).toBe(307);
    await expect(fetching(`${address}/away`)).rejects.toMatchObject(refused("10.0.0.1"));
    await expect(fetching(`${address}/here`)).rejects.toMatchObject(refused("127.0.0.1"));
  });

  it("sends a name and a password that an address has, and says them in no error", async () => {
    const port = await start((request, response) => {
      if (request.url?.startsWith("/away") === true)
        response.writeHead(302, { location: "http://bob:hidden@10.0.0.1/?hidden" }).end();
      else response.end(request.headers.authorization ?? "none");
    });
    const fetching = guardedFetch({ allow: ["127.0.0.1"] });
    const own = `http://bob:hid%20den@127.0.0.1:${port}/?token=hidden`;
    expect(await (await fetching(own)).text()).toBe(`Basic ${Buffer.from("bob:hid den").toString("base64")}`);
    expect(await (await fetching(own, { headers: { authorization: "Bearer x" } })).text()).toBe("Bearer x");
    for (const url of [
      own.replace("?", "away?"),
      own.replace("127.0.0.1", "10.0.0.1"),
      own.replace("http:", "ftp:"),
      "//hidden",
    ])
      await expect(fetching(url)).rejects.toMatchObject({ message: expect.not.stringContaining("hidden") as string });
  });

  it("waits no longer than it may", async () => {
    const port = await start((_, response) => void response.write("["));
    const answer = await guardedFetch({ allow: ["127.0.0.1"], timeoutMs: 50 })(`http://127.0.0.1:${port}/`);
    await expect(answer.text()).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("breaks off an answer that is too large, and ends when it is told to", async () => {
    const port = await start((_, response) => {
      const chunk = Buffer.alloc(1_000_000, 1);
      const more = (): void => {
        response.write(chunk, (error) => {
          if (error == null) more();
        });
      };
      more();
    });
    const fetching = guardedFetch({ allow: ["127.0.0.1"] });
    const answer = await fetching(`http://127.0.0.1:${port}/`);
    await expect(answer.arrayBuffer()).rejects.toMatchObject(refused("16777216 bytes"));
    const small = await guardedFetch({ allow: ["127.0.0.1"], largestAnswer: 10 })(`http://127.0.0.1:${port}/`);
    await expect(small.arrayBuffer()).rejects.toMatchObject(refused("10 bytes"));
    await expect(
      fetching(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort(new Error("too late")) }),
    ).rejects.toThrow("too late");
  });
});
