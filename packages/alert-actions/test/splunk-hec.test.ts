import { splunkHec, type SplunkHecOptions } from "@mozdef/alert-actions/splunk-hec";
import { expect, it } from "vitest";
import { message, openReceiver, send } from "./receiver.ts";

const posted = async (path: string, options: Partial<SplunkHecOptions> = {}, what = message()) => {
  const { received, url } = await openReceiver({ body: '{"text":"Success","code":0}' });
  const action = splunkHec({ url: url.replace("/hook", path), token: "token-1", ...options });
  expect(await send(action, {}, what)).toBeUndefined();
  expect(received[0]).toMatchObject({ method: "POST", headers: { authorization: "Splunk token-1" } });
  return { path: received[0]?.path, body: JSON.parse(received[0]?.body ?? "") as object };
};

it("sends the alert as an event at its own time", async () => {
  const events = message()._source.events.map((event) => ({ ...event, documentsource: { hostname: "web1" } }));
  const what = message({ events });
  const { path, body } = await posted("", { index: "security", mostEvents: 2 }, what);
  expect(path).toBe("/services/collector/event");
  expect(body).toEqual({
    ...{ time: Date.parse("2026-03-10T08:59:00Z") / 1_000, host: "web1" },
    ...{ source: "mozdef", sourcetype: "mozdef:alert", index: "security" },
    event: {
      ...{
        type: "alert",
        event: "trigger",
        by: null,
        id: "abc",
        index: "alerts-202603",
        eventCount: 12,
        alertCount: 1,
      },
      alert: { ...what._source, events: events.slice(0, 2) },
    },
  });
});

it.each([
  ["/", "/services/collector/event"],
  ["/splunk", "/splunk/services/collector/event"],
  ["/splunk/", "/splunk/services/collector/event"],
])("finds the collector below %s", async (base, path) => {
  expect((await posted(base)).path).toBe(path);
});

it("leaves what it does not know to Splunk", async () => {
  const { body } = await posted("", { source: "soc", sourcetype: "alert" }, message({ utctimestamp: "?" }));
  expect(body).toMatchObject({ source: "soc", sourcetype: "alert" });
  expect(Object.keys(body)).toEqual(["source", "sourcetype", "event"]);
});

it.each([
  [503, '{"text":"Server is busy","code":9}', "retry"],
  [500, '{"text":"Internal server error","code":8}', "retry"],
  [400, '{"text":"Incorrect index","code":7,"invalid-event-number":1}', "refused"],
  [403, '{"text":"Invalid token","code":4}', "refused"],
])("takes Splunk's answer %i %s for what it means", async (status, body, kind) => {
  const { url } = await openReceiver({ status, body });
  expect(await send(splunkHec({ url, token: "token-1" }))).toEqual({ [kind]: `it answered ${status}: ${body}` });
});
