import { opsgenie, type OpsgenieOptions } from "@mozdef/alert-actions/opsgenie";
import { expect, it } from "vitest";
import { divertTo, hostileMessage, message, openReceiver, send } from "./receiver.ts";

interface Created {
  readonly message: string;
  readonly alias: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly entity: string;
  readonly priority: string;
}

const posted = async (options: Partial<OpsgenieOptions> = {}, what = message()) => {
  const { received, url } = await openReceiver({ status: 202, body: '{"result":"Request will be processed"}' });
  const { asked, fetch } = divertTo(url);
  expect(await send(opsgenie({ apiKey: "key-1", ...options }), { fetch }, what)).toBeUndefined();
  expect(received[0]?.headers).toMatchObject({ authorization: "GenieKey key-1" });
  return { asked, body: JSON.parse(received[0]?.body ?? "") as Created };
};

it("creates an alert with all that Opsgenie wants", async () => {
  const { asked, body } = await posted({ alertUrl: "https://mozdef.example.org/alerts" });
  expect(asked).toEqual(["https://api.opsgenie.com/v2/alerts"]);
  expect(body).toEqual({
    message: "WARNING: 10 failed logins by 192.0.2.7",
    alias: "abc",
    description: [
      "WARNING: 10 failed logins by 192.0.2.7",
      ...["Alert: AlertBruteforceSsh", "Category: bruteforce", "Tags: ssh"],
      ...["Time: 2026-03-10T08:59:00+00:00", "Events: 12"],
      ...["- failed 0", "- failed 1", "- failed 2", "- failed 3", "- failed 4"],
      "https://mozdef.example.org/alerts/abc",
    ].join("\n"),
    tags: ["ssh"],
    details: { id: "abc", index: "alerts-202603", severity: "WARNING" },
    source: "MozDef",
    priority: "P3",
  });
});

it("asks the region of the account", async () => {
  expect((await posted({ region: "eu" })).asked).toEqual(["https://api.eu.opsgenie.com/v2/alerts"]);
});

it("keeps to the lengths of Opsgenie, and HTML is text", async () => {
  const { body } = await posted({}, hostileMessage(10_000));
  expect(body.message.length).toBeLessThanOrEqual(130);
  expect(body.description.length).toBeLessThanOrEqual(15_000);
  expect(body.tags).toHaveLength(20);
  expect(Math.max(...body.tags.map(({ length }) => length))).toBeLessThanOrEqual(50);
  for (const text of [body.message, body.entity, body.description]) expect(text).not.toMatch(/[<>]/);
});

it("gives alerts of one group the same alias", async () => {
  const what = message({ groupkey: "x".repeat(600) });
  const [first, second] = [await posted({}, what), await posted({}, { ...what, _id: "later" })];
  expect(first.body.alias.length).toBeLessThanOrEqual(512);
  expect(second.body.alias).toBe(first.body.alias);
});

it.each([
  ["CRITICAL", "P1"],
  ["ERROR", "P2"],
  ["NOTICE", "P4"],
  ["INFO", "P5"],
  ["DEBUG", "P5"],
])("gives %s the priority %s", async (severity, priority) => {
  expect((await posted({}, message({ severity }))).body.priority).toBe(priority);
});

it("refuses what Opsgenie cannot process", async () => {
  const body = '{"message":"Request body is not processable.","took":0.1}';
  const { url } = await openReceiver({ status: 422, body });
  const answer = await send(opsgenie({ apiKey: "key-1" }), { fetch: divertTo(url).fetch });
  expect(answer).toEqual({ refused: `it answered 422: ${body}` });
});
