import { type AlertPack, definePack, type EventParser, type EventParserInput, type ParsedFields } from "@mozdef/alert";
import { type Parser, readEvents } from "@mozdef/event-intake";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, expectTypeOf, it, onTestFinished } from "vitest";
import { readConfig } from "../src/config/define-config.ts";
import { loadAlerts } from "../src/packs/load-alerts.ts";
import { startSyslog } from "../src/syslog/syslog-server.ts";
import { doorPack } from "./support/alerts.ts";
import { type TestService, testService } from "./support/test-service.ts";

/** Reads `opened by 4711`, from whatever comes with a message, and fails on everything else that is of the door. */
const parser: EventParser = {
  name: "badge",
  recognise: ({ text, record }) => messageOf({ text, record }).startsWith("door "),
  parse: (input): ParsedFields => {
    const [, badge] = /^door opened by (\d+)$/.exec(messageOf(input)) ?? [];
    if (badge === undefined) throw new Error("no badge");
    return { category: "badge", details: { badge } };
  },
};

const messageOf = ({ text, record }: Pick<EventParserInput, "text" | "record">): string =>
  text === "" && typeof record?.summary === "string" ? record.summary : text;

const parserPack = definePack({ parsers: [parser] });
const LINE = "Jan  1 00:00:01 gate3 doord[71]: door opened by 4711";

const eventsOf = async ({ opened: { store } }: TestService) => {
  const index = store.names.physical("events-*");
  await store.client.indices.refresh({ index });
  const { hits } = await store.client.search<Readonly<Record<string, unknown>>>({ index, size: 100 });
  return hits.hits.map(({ _source = {} }) => _source);
};

const json = { "content-type": "application/json" };
const post = (url: string, payload: string, headers: Record<string, string> = json) => ({ url, payload, headers });
const record = JSON.stringify({ summary: "door opened by 4711" });
const otlp = JSON.stringify({
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: "door opened by 4711" } }] }] }],
});

describe("a parser of a pack", () => {
  it.each([
    ["a log", post("/events", LINE, { "content-type": "text/plain" })],
    ["a record", post("/events", record)],
    ["a bulk request", post("/_bulk", `{"create":{"_index":"logs"}}\n${record}\n`)],
    ["a document", post("/logs/_doc", record)],
    ["Splunk's collector", post("/services/collector", JSON.stringify({ event: "door opened by 4711" }))],
    ["its raw lines", post("/services/collector/raw", LINE)],
    ["OTLP", post("/v1/logs", otlp)],
  ])("reads what comes in by %s", async (_, request) => {
    const service = await testService({ packs: [doorPack, parserPack] });
    const { status } = await service.call({ method: "POST", ...request });
    expect(status).toBeLessThan(300);
    const [event, ...others] = await eventsOf(service);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ category: "badge", details: { badge: "4711" } });
    expect(event?.mozdef).toMatchObject({ plugins: expect.arrayContaining(["badge"]) });
    const metrics = await service.metrics.registry.metrics();
    expect(metrics).toMatch(/mozdef_events_read_total\{[^}]*parser="badge"[^}]*\} 1/);
  });

  it("reads syslog by UDP and TCP", async () => {
    const service = await testService({ packs: [doorPack, parserPack] });
    const { limits, intake } = readConfig({ intake: { syslog: { udp: 0, tcp: 0 } } }, "test");
    const { clock, opened } = service;
    const options = { ...service.intake, store: opened.store, clock, limits, host: "127.0.0.1", folder: "/" };
    const syslog = await startSyslog({ ...options, syslog: intake.syslog });
    onTestFinished(() => syslog.stop());
    const [udp, tcp] = syslog.addresses.map((address) => Number(address.split(":").at(-1)));
    const datagrams = createSocket("udp4");
    datagrams.send(`<38>${LINE}`, udp, "127.0.0.1", () => datagrams.close());
    const socket = connect({ port: tcp ?? 0, host: "127.0.0.1" });
    await once(socket, "connect");
    socket.end(`<38>${LINE}\n`);
    await expect.poll(() => service.intake.watch.saved).toBe(2);
    expect(await eventsOf(service)).toMatchObject([{ details: { badge: "4711" } }, { details: { badge: "4711" } }]);
  });

  it("stops no event when it throws: it is kept as it is, and counted", async () => {
    const service = await testService({ packs: [doorPack, parserPack] });
    const { body } = await service.call({
      method: "POST",
      ...post("/events", `${LINE}\n${LINE.replace("opened", "forced")}\n`, { "content-type": "text/plain" }),
    });
    expect(body).toMatchObject({ saved: 2, refused: [] });
    const kept = (await eventsOf(service)).find(({ category }) => category === "syslog");
    expect(kept).toMatchObject({ summary: "door forced by 4711", hostname: "gate3" });
    const metrics = await service.metrics.registry.metrics();
    expect(metrics).toMatch(/mozdef_events_\w*\{[^}]*="parser"[^}]*\} 1/);
  });
});

describe("the parsers of packs", () => {
  const load = (...packs: readonly AlertPack[]) =>
    loadAlerts({ config: readConfig({ packs: [...packs] }, "test"), folder: "/" });

  it("are those of all packs, and a name that is taken is a failure of the one that takes it", async () => {
    const gate: EventParser = { ...parser, name: "gate" };
    const other: EventParser = { ...parser };
    const builtIn: EventParser = { ...parser, name: "sshd" };
    const { parsers, registry } = await load(parserPack, definePack({ parsers: [gate, other] }), doorPack);
    expect(parsers).toEqual([parser, gate]);
    expect(registry.failures).toMatchObject([
      {
        source: "packs.1",
        code: "PACK_PARSER_CONFLICT",
        message: expect.stringContaining("a parser badge, from packs.0; the one from packs.1 is left out."),
      },
    ]);
    expect((await load(definePack({ parsers: [builtIn] }))).registry.failures[0]?.message).toContain(
      "There is already a parser sshd, from MozDef itself;",
    );
  });

  it("are parsers of event-intake, and those are parsers of packs", () => {
    expectTypeOf<EventParser>().toExtend<Parser>();
    expectTypeOf<Parser>().toExtend<EventParser>();
    expect(readEvents(LINE, { receivedAt: new Date(), parsers: [parser] })[0]?.parsers).toEqual(["syslog", "badge"]);
  });
});
