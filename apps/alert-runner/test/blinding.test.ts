import sshPack from "@mozdef/alerts-ssh";
import { describe, expect, it } from "vitest";
import { type TestService, testService } from "./support/test-service.ts";

/** Twenty failed logins as sshd logs them. */
const FAILURES = Array.from(
  { length: 20 },
  (_, n) =>
    `<38>Jan  1 00:00:${String(n).padStart(2, "0")} vault4 sshd[${900 + n}]: Failed password for root from 198.51.100.77 port ${30_000 + n} ssh2`,
);

const postJson = ({ call }: TestService, ...events: readonly unknown[]) =>
  call({
    method: "POST",
    url: "/events",
    payload: events.map((event) => (typeof event === "string" ? event : JSON.stringify(event))).join("\n"),
    headers: { "content-type": "application/x-ndjson" },
  });

/** The failures as a log, and the names of the alerts that come of them. */
const attack = async (service: TestService): Promise<readonly unknown[]> => {
  const payload = `${FAILURES.join("\n")}\n`;
  const { body } = await service.call({
    method: "POST",
    url: "/events",
    payload,
    headers: { "content-type": "text/plain" },
  });
  expect(body).toEqual({ saved: 20, refused: [] });
  return alertsAfter(service);
};

const alertsAfter = async ({ opened, tickAt, call }: TestService): Promise<readonly unknown[]> => {
  await opened.store.client.indices.refresh({ index: opened.store.names.physical("events-*") });
  await tickAt("2026-01-01T00:02:00Z");
  const { body } = await call({ url: "/api/alerts" });
  return body.alerts.map(({ _source }) => _source.classname);
};

const GUESSING = "AlertSshPasswordGuessing";

/** What no field of an alert is. */
const SHAPES = [{ name: "odd" }, { deep: { er: [1] } }, [{ a: 1 }, "b"], 17, true, "", null];
const FIELDS = ["summary", "category", "hostname", "processname", "processid", "severity", "source", "tags", "type"];
const DETAILS = ["program", "sourceipaddress", "sourceport", "username", "success", "authmethod", "hostname"];

const withShape = (shape: unknown): readonly unknown[] => [
  ...FIELDS.map((name) => ({ [name]: shape, other: name })),
  ...DETAILS.map((name) => ({ summary: name, details: { [name]: shape } })),
  { summary: "flat", ...Object.fromEntries(DETAILS.map((name) => [`details.${name}`, shape])) },
  { host: shape, message: "as a shipper names it" },
  { "@timestamp": "2026-01-01T00:00:10Z", ecs: { version: "8.17" }, source: shape, process: shape, user: shape },
  { summary: "details", details: shape },
  { summary: "times", utctimestamp: shape, timestamp: shape, receivedtimestamp: shape },
];

const TIMES = [
  ...[1_767_225_610, "1767225610", 1_767_225_610_500, 1_767_225_610_500_000, "1767225610500000000", 1e21, -1],
  ..."2026-01-01 00:00:10~Jan  1 00:00:10~01/Jan/2026:00:00:10 +0000~Thu, 01 Jan 2026 00:00:10 +0000".split("~"),
  ..."2026-01-01t00:00:10z~2026-01-01T00:00:60Z~05/06/2026 00:00~soon~2026-13-45T99:99:99Z".split("~"),
];

const ADDRESSES = [
  ..."192.0.2.9:4022~[2001:db8::9]:4022~fe80::9%eth1~192.0.2.009~-~~gate.example~999.1.1.1".split("~"),
  ["192.0.2.9", "192.0.2.10"],
];

/** As many names as an index takes, and more. */
const NAMES = Array.from({ length: 30 }, (_, request) =>
  Object.fromEntries(
    Array.from({ length: 60 }, (__, at) => [`own_${request}_${at}`, at % 2 === 0 ? at : `text ${at}`]),
  ),
);

const CALL = {
  eventVersion: "1.09",
  eventTime: "2026-01-01T00:00:05Z",
  eventSource: "s3.example.com",
  eventName: "PutObject",
  sourceIPAddress: "192.0.2.44",
  requestParameters: Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`parameter${at}`, { value: at }])),
};
const DOCUMENT = {
  "@timestamp": "2026-01-01T00:00:05Z",
  ecs: { version: "8.17" },
  agent: { type: "filebeat" },
  ...Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`module${at}`, { field: at }])),
};

const FIRST: readonly (readonly [what: string, events: readonly unknown[]])[] = [
  ...SHAPES.map((shape) => [`every field as ${JSON.stringify(shape)}`, withShape(shape)] as const),
  ["more names than are indexed", NAMES.map((names) => ({ summary: "names", details: names }))],
  ["more names at the top", NAMES],
  ["a call to AWS beside a document of Filebeat", [CALL, DOCUMENT]],
  ["marks", [{ summary: "planted", alerts: [{ id: "1" }], alert_names: [GUESSING], "alerts.id": "2" }]],
  ["marks of another kind", [{ summary: "planted", alerts: "none", alert_names: { name: GUESSING } }]],
  [
    "times",
    TIMES.flatMap((time) => [{ utctimestamp: time }, { timestamp: time }, { summary: "t", "@timestamp": time }]),
  ],
  ["addresses", ADDRESSES.map((sourceipaddress) => ({ summary: "a", details: { sourceipaddress } }))],
  ["names of others", [{ message: "Failed password for root", host: "web7", pname: "sshd", level: "info" }]],
  ["details as a text", [{ summary: "d", details: "sshd" }]],
  [
    "switches and places",
    ["True", "yes", 1, 0, "maybe"].map((success) => ({
      summary: "s",
      details: { success, sourceipgeopoint: "nowhere", sourceipgeolocation: 5 },
    })),
  ],
  ["numbers beyond all", ['{"summary":"n","details":{"sourceport":9223372036854775807,"count":1e400}}']],
];

describe("whatever comes first, failed logins alert", () => {
  it.each(FIRST)("%s", async (_what, events) => {
    const service = await testService({ packs: [sshPack] });
    const { body } = await postJson(service, ...events);
    expect(body.refused).toEqual([]);
    expect(await attack(service)).toContain(GUESSING);
  });

  it("all of it at once", async () => {
    const service = await testService({ packs: [sshPack] });
    const { body } = await postJson(service, ...FIRST.flatMap(([, events]) => events));
    expect(body.refused).toEqual([]);
    expect(await attack(service)).toContain(GUESSING);
  });

  it("also when each of them says that it has alerted already", async () => {
    const service = await testService({ packs: [sshPack] });
    await postJson(
      service,
      ...FAILURES.map((message) => ({ message, alerts: [{ id: "1" }], alert_names: [GUESSING] })),
    );
    expect(await alertsAfter(service)).toContain(GUESSING);
  });
});
