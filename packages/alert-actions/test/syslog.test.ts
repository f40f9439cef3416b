import { syslog, type SyslogOptions } from "@mozdef/alert-actions/syslog";
import { describe, expect, it } from "vitest";
import { createCertificate } from "./certificate.ts";
import { hostileMessage, message, NOW, send } from "./receiver.ts";
import { openDatagramServer, openStreamServer, parsed } from "./syslog-server.ts";

const POLL = { interval: 5 };

const base = { host: "127.0.0.1", hostname: "mozdef1" } as const;

/** The only message of a server, when it has come. */
const only = async (received: readonly string[]) => {
  await expect.poll(() => received.length, POLL).toBe(1);
  return parsed(received[0] ?? "");
};

const sent = async (options: Partial<SyslogOptions> = {}, context: object = {}, what = message()) => {
  const { received, port } = await openDatagramServer();
  expect(await send(syslog({ ...base, port, ...options }), context, what)).toBeUndefined();
  return await only(received);
};

it("sends a message of RFC 5424 with the alert as text", async () => {
  expect(await sent()).toEqual({
    ...{ priority: 16 * 8 + 4, time: NOW.toISOString(), host: "mozdef1", app: "mozdef", id: "trigger" },
    text: [
      ...["WARNING: 10 failed logins by 192.0.2.7", "Id: abc", "Alert: AlertBruteforceSsh", "Category: bruteforce"],
      ...["Tags: ssh", "Time: 2026-03-10T08:59:00+00:00", "Events: 12"],
      ...[0, 1, 2, 3, 4].map((index) => `- failed ${index}`),
    ].join("; "),
  });
});

it.each([
  ["CRITICAL", 2],
  ["ERROR", 3],
  ["NOTICE", 5],
  ["INFO", 6],
  ["DEBUG", 7],
  ["of a plugin", 5],
])("says %s as the severity %i, with the facility of the configuration", async (severity, level) => {
  expect(await sent({ facility: 4 }, {}, message({ severity }))).toMatchObject({ priority: 4 * 8 + level });
});

it.each(["text", "cef"] as const)("keeps to the bytes it may have as %s, on one line", async (format) => {
  for (const mostBytes of [1_024, 2_048]) {
    const { received, port } = await openDatagramServer();
    const what = hostileMessage(5_000);
    const wide = { ...what, _source: { ...what._source, summary: "語".repeat(3_000) } };
    await send(syslog({ ...base, port, format, mostBytes }), {}, wide);
    const { text } = await only(received);
    expect(Buffer.byteLength(received[0] ?? "")).toBeLessThanOrEqual(mostBytes);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain("…");
    if (format === "cef") expect(readCef(text).header).toHaveLength(7);
  }
});

/** As the implementation standard of CEF reads it. */
const readCef = (text: string) => {
  const parts = [...text.matchAll(/((?:\\.|[^\\|])*)\|/g)].slice(0, 7).map(([, part = ""]) => part);
  const header = parts.map((part) => part.replaceAll(/\\([\\|])/g, "$1"));
  const extension = [...text.slice(parts.join("|").length + 1).matchAll(/(\w+)=((?:\\.|[^\\=])*?)(?= \w+=|$)/g)];
  return {
    header,
    extension: Object.fromEntries(
      extension.map(([, key = "", value = ""]) => [key, value.replaceAll(/\\([\\=])/g, "$1")]),
    ),
  };
};

describe("cef", () => {
  it("has the facts of the alert", async () => {
    const what = message({ severity: "CRITICAL", events: message()._source.events.slice(0, 1) });
    const { text } = await sent({ format: "cef", alertUrl: "https://mozdef.example.org/alerts" }, {}, what);
    expect(readCef(text)).toEqual({
      header: [
        ...["CEF:0", "MozDef", "MozDef", "1", "AlertBruteforceSsh"],
        ...["CRITICAL: 10 failed logins by 192.0.2.7", "10"],
      ],
      extension: {
        ...{ externalId: "abc", rt: String(Date.parse("2026-03-10T08:59:00Z")), act: "trigger", cat: "bruteforce" },
        ...{ cnt: "1", msg: "10 failed logins by 192.0.2.7", cs1Label: "tags", cs1: "ssh" },
        ...{ cs3Label: "link", cs3: "https://mozdef.example.org/alerts/abc" },
      },
    });
  });

  it("escapes what would end a part of it", async () => {
    const summary = String.raw`a|b\ msg=x act=resolve \| c\\`;
    const { text } = await sent({ format: "cef" }, {}, message({ summary }));
    const { header, extension } = readCef(text);
    expect(header[5]).toBe(`WARNING: ${summary}`);
    expect(extension).toMatchObject({ act: "trigger", msg: summary });
  });

  it("says what happened to an alert", async () => {
    const { text, id } = await sent({ format: "cef" }, { event: "resolve", by: "ana" });
    expect(id).toBe("resolve");
    expect(readCef(text).extension).toMatchObject({ act: "resolve", cs2Label: "by", cs2: "ana" });
  });
});

it("sends each message with its length before it over TCP", async () => {
  const { received, port } = await openStreamServer();
  const action = syslog({ ...base, transport: "tcp", port });
  await send(action, {}, message({ summary: "語\n<13>1 - - - - - - another" }));
  await send(action);
  await expect.poll(() => received.length, POLL).toBe(2);
  expect(parsed(received[0] ?? "").text).toContain("語 <13>1 - - - - - - another");
});

it("sends protected by TLS, to a server that is trusted only", async () => {
  const { cert, key } = await createCertificate();
  const { received, port } = await openStreamServer({ cert, key });
  const action = syslog({ ...base, host: "localhost", transport: "tls", port, ca: cert });
  expect(await send(action)).toBeUndefined();
  expect((await only(received)).id).toBe("trigger");
  await expect(send(syslog({ ...base, host: "localhost", transport: "tls", port }))).rejects.toThrow("self-signed");
  expect(received).toHaveLength(1);
});

it("fails when nobody listens, or when it is stopped, for the outbox to try again", async () => {
  await expect(send(syslog({ ...base, transport: "tcp", port: 1 }))).rejects.toThrow("ECONNREFUSED");
  const controller = new AbortController();
  const { port } = await openStreamServer();
  const stopped = send(syslog({ ...base, transport: "tls", port }), { signal: controller.signal });
  controller.abort();
  await expect(stopped).rejects.toThrow();
});

it.each([
  [{ ca: "x" }, "ca: expected transport tls with it"],
  [{ facility: 24 }, "facility: "],
  [{ appName: "a b" }, "appName: "],
  [{ mostBytes: 100 }, "mostBytes: "],
  [{ transport: "relp" }, "transport: "],
])("refuses the options %j, and names the key", (more, reason) => {
  expect(() => syslog({ ...base, ...more } as SyslogOptions)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
