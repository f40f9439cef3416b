import sshPack from "@mozdef/alerts-ssh";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ConfigInput } from "../src/config/config-schema.ts";
import { readConfig } from "../src/config/define-config.ts";
import { startSyslog, type SyslogServer } from "../src/syslog/syslog-server.ts";
import { createCertificate } from "./support/certificate.ts";
import { type TestService, testService } from "./support/test-service.ts";

type SyslogInput = NonNullable<NonNullable<ConfigInput["intake"]>["syslog"]>;

interface SyslogTest extends TestService {
  readonly syslog: SyslogServer;
  /** Ports in the order of the configuration. */
  readonly ports: readonly number[];
  readonly events: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

const setUp = async (input: SyslogInput, limits: ConfigInput["limits"] = {}): Promise<SyslogTest> => {
  const service = await testService({ packs: [sshPack], config: { limits } });
  const { intake, clock } = service;
  const { store } = service.opened;
  const config = readConfig({ intake: { syslog: input }, limits }, "test");
  const options = { ...intake, store, clock, limits: config.limits, host: "127.0.0.1", folder: "/" };
  const syslog = await startSyslog({ ...options, syslog: config.intake.syslog });
  onTestFinished(() => syslog.stop());
  const events = async () => {
    const index = store.names.physical("events-*");
    await store.client.indices.refresh({ index });
    const { hits } = await store.client.search<Readonly<Record<string, unknown>>>({ index, size: 100 });
    return hits.hits.map(({ _source = {} }) => _source);
  };
  const ports = syslog.addresses.map((address) => Number(address.split(":").at(-1)));
  return { ...service, syslog, ports, events };
};

const saved = ({ intake }: SyslogTest, count: number) => expect.poll(() => intake.watch.saved, POLL).toBe(count);
const POLL = { interval: 5 };

const failure = (n: number): string =>
  `<38>Jan  1 00:00:${String(n).padStart(2, "0")} gate3 sshd[${400 + n}]: Failed password for root from 198.51.100.7 port ${4_000 + n} ssh2`;
const failures = Array.from({ length: 20 }, (_, n) => failure(n));

const dial = async (port = 0): Promise<Socket> => {
  const socket = connect({ port, host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
};

const sendDatagrams = async (port: number | undefined, lines: readonly string[]): Promise<void> => {
  const socket = createSocket("udp4");
  for (const line of lines)
    await new Promise<void>((resolve, reject) =>
      socket.send(line, port, "127.0.0.1", (error) => (error === null ? resolve() : reject(error))),
    );
  socket.close();
};

describe("syslog", () => {
  it.each([
    ["a line each", (line: string) => `${line}\n`],
    ["counted", (line: string) => `${Buffer.byteLength(line)} ${line}`],
  ])("by TCP makes events that alert: %s", async (_what, frame) => {
    const service = await setUp({ tcp: 0 });
    const socket = await dial(service.ports[0]);
    socket.end(failures.map(frame).join(""));
    await saved(service, 20);
    expect((await service.events())[0]).toMatchObject({
      category: "syslog",
      hostname: "gate3",
      severity: "INFO",
      utctimestamp: expect.stringMatching(/^2026-01-01T00:00:/),
      details: { program: "sshd", username: "root", eventsourceipaddress: "127.0.0.1" },
    });
    expect(service.intake.watch.origins).toMatchObject([{ lastMinute: 20 }]);
    await service.tickAt("2026-01-01T00:02:00Z");
    const { body } = await service.call({ url: "/api/alerts" });
    expect(body.alerts.map(({ _source }) => _source.summary)).toContainEqual(expect.stringContaining("198.51.100.7"));
    expect((await service.call({ url: "/api/intake" })).body).toMatchObject({
      origins: [{ via: "syslog", parser: "sshd", whole: 20, inPart: 0, refused: 0, lastMinute: 0 }],
      senders: [{ sender: "127.0.0.1", saved: 20, refused: 0 }],
    });
  });

  it("by UDP makes events", async () => {
    const service = await setUp({ udp: 0 });
    // Some senders put a NUL behind the message.
    await sendDatagrams(service.ports[0], [...failures, `${failure(30)}\0`]);
    await saved(service, 21);
    const users = (await service.events()).map(({ details }) => (details as { readonly username?: string }).username);
    expect(users).toEqual(Array.from({ length: 21 }, () => "root"));
  });

  it("by TLS makes events", async () => {
    const { cert, key } = await createCertificate();
    const service = await setUp({ tls: { port: 0, cert, key } });
    const socket = connectTls({ port: service.ports[0] ?? 0, host: "127.0.0.1", ca: cert, servername: "localhost" });
    await once(socket, "secureConnect");
    socket.end(failures.map((line) => `${line}\n`).join(""));
    await saved(service, 20);
  });

  it("reads times without a zone in that of the configuration", async () => {
    const service = await setUp({ tcp: 0, zoneMinutes: 120 });
    (await dial(service.ports[0])).end(`${failure(5)}\n<14>1 2026-01-01T00:00:06Z gate3 app - - - hello\n`);
    await saved(service, 2);
    const times = (await service.events()).map(({ utctimestamp }) => utctimestamp);
    expect(times.sort()).toEqual(["2025-12-31T22:00:05.000Z", "2026-01-01T00:00:06Z"]);
  });

  it("tells of messages that are too long, and takes the next", async () => {
    const service = await setUp({ tcp: 0 }, { eventBytes: 1_024 });
    (await dial(service.ports[0])).end(`<13>${"x".repeat(5_000)}\n${failure(1)}\n`);
    await saved(service, 1);
    expect(service.intake.watch.refusedRequests.get("EVENT_TOO_LARGE")).toMatchObject({ total: 1 });
  });

  it("keeps the message that a connection ends in", async () => {
    const service = await setUp({ tcp: 0 });
    (await dial(service.ports[0])).end(`${failure(1)}\n${failure(2)}`);
    await saved(service, 2);
    expect((await service.events()).map(({ endpoint }) => endpoint)).toEqual(["syslog", "syslog"]);
  });

  it("keeps bytes that are not UTF-8, and says so", async () => {
    const service = await setUp({ tcp: 0 });
    (await dial(service.ports[0])).end(Buffer.from("<13>Jan  1 00:00:01 gate3 app: caf\xe9\n", "latin1"));
    await saved(service, 1);
    expect(await service.events()).toMatchObject([{ summary: "caf\ufffd" }]);
    expect(service.intake.watch.origins).toMatchObject([{ inPart: 1, reasons: { encoding: 1 } }]);
  });

  it("waits while the store is away, and doubles nothing when it is back", async () => {
    const service = await setUp({ tcp: 0, udp: 0 });
    const { client } = service.opened.store;
    const { bulk } = client;
    let tries = 0;
    // The first time the store works and its answer is lost.
    client.bulk = (async (...args: Parameters<typeof bulk>) => {
      tries += 1;
      if (tries <= 2) {
        if (tries === 1) await bulk.apply(client, args);
        throw Object.assign(new Error("away"), { name: "ConnectionError" });
      }
      return bulk.apply(client, args);
    }) as typeof bulk;
    (await dial(service.ports[1])).end(failures.map((line) => `${line}\n`).join(""));
    for (const round of [1, 2]) {
      await expect.poll(() => [tries, service.clock.sleeping], POLL).toEqual([round, 1]);
      service.clock.set(`2026-01-01T00:00:3${round}Z`);
    }
    await saved(service, 20);
    expect(await service.events()).toHaveLength(20);
  });

  it("by TCP loses nothing when it comes faster than it is saved", async () => {
    const service = await setUp({ tcp: 0 }, { inFlightBytes: 4_096, bodyBytes: 1_024 });
    (await dial(service.ports[0])).end(Array.from({ length: 2_000 }, (_, n) => `${failure(n % 60)}\n`).join(""));
    await saved(service, 2_000);
  });

  it("refuses a certificate that cannot be read, naming the key of the configuration", async () => {
    await expect(setUp({ tls: { port: 0, cert: "none.pem", key: "none.pem" } })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("intake.syslog.tls.cert"),
    });
  });

  it("says which port is in use", async () => {
    const { ports } = await setUp({ tcp: 0 });
    await expect(setUp({ tcp: ports[0] ?? 0 })).rejects.toMatchObject({
      code: "LISTEN_FAILED",
      message: expect.stringMatching(/tcp 127\.0\.0\.1, port \d+/),
    });
  });
});
