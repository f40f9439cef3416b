import { webhook, type WebhookOptions } from "@mozdef/alert-actions/webhook";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hostileMessage, openReceiver, send } from "./receiver.ts";

const text = readFileSync(new URL("../../../docs/actions.md", import.meta.url), "utf8");

const recipes = new Map(
  [...text.matchAll(/```json name=(\S+)\n(.*?)\n```/gs)].map(([, name = "", json = ""]) => [
    name,
    JSON.parse(json) as WebhookOptions,
  ]),
);

/** The fields that each vendor wants, and the longest text that it takes. */
const REQUIRED: Readonly<Record<string, readonly [fields: readonly string[], most: number]>> = {
  alerta: [["resource", "event", "environment", "service", "severity"], 10_000],
  "rocket-chat": [["text"], 5_000],
  zulip: [["type", "to", "topic", "content"], 10_000],
  pushover: [["token", "user", "message"], 1_024],
  ntfy: [["topic", "message"], 4_096],
  gotify: [["message"], 10_000],
  "splunk-on-call": [["message_type", "entity_id"], 20_480],
  twilio: [["To", "From", "Body"], 1_600],
  webex: [["roomId", "text"], 7_439],
  matrix: [["msgtype", "body"], 60_000],
  dingtalk: [["msgtype", "text"], 20_000],
  wecom: [["msgtype", "text"], 2_048],
  chatwork: [["body"], 65_535],
  "dfir-iris": [["alert_title", "alert_source", "alert_severity_id", "alert_status_id", "alert_customer_id"], 10_000],
  signal: [["number", "recipients", "message"], 10_000],
};

it("has a recipe for each receiver that is checked", () => {
  expect([...recipes.keys()].sort()).toEqual(Object.keys(REQUIRED).sort());
});

it.each(Object.entries(REQUIRED))("sends what %s wants", async (name, [fields, most]) => {
  const recipe = recipes.get(name);
  const { received, url } = await openReceiver();
  const { pathname, search } = new URL(recipe?.url ?? "");
  const action = webhook({ ...recipe, url: new URL(`${pathname}${search}`, url).href });
  expect(await send(action, {}, hostileMessage(20_000))).toBeUndefined();
  const [{ body, method } = { body: "", method: "" }] = received;
  expect(method).toBe(recipe?.method ?? "POST");
  const sent = (
    recipe?.encoding === "form" ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body)
  ) as object;
  expect(Object.entries(sent).flatMap(([key, value]) => (value === null || value === "" ? [] : [key]))).toEqual(
    expect.arrayContaining([...fields]),
  );
  for (const value of Object.values(sent)) expect(Buffer.byteLength(JSON.stringify(value))).toBeLessThanOrEqual(most);
});
