import { chatBot } from "@mozdef/alert-actions/chat-bot";
import { expect, it } from "vitest";
import { hostileMessage, message, openReceiver, send } from "./receiver.ts";

const open = async () => {
  const { received, url } = await openReceiver({ body: "ok" });
  const channels = { siem: `${url}/siem`, soc: `${url}/soc` };
  const action = chatBot({ channels, defaultChannel: "siem" });
  const paths = () => received.map(({ path }) => path);
  const last = () => JSON.parse(received.at(-1)?.body ?? "") as { readonly attachments: readonly { text: string }[] };
  return { action, paths, last };
};

it.each([
  ["CRITICAL", "#d04437"],
  ["ERROR", "#d04437"],
  ["WARNING", "#ffd351"],
  ["INFO", "#cccccc"],
  ["NOTICE", "#4a6785"],
  ["DEBUG", "#000000"],
])("says %s as MozDef's bot does, in the colour %s", async (severity, color) => {
  const { action, last } = await open();
  expect(await send(action, {}, message({ severity }))).toBeUndefined();
  expect(last()).toEqual({
    attachments: [
      {
        ...{ fallback: "10 failed logins by 192.0.2.7", text: "10 failed logins by 192.0.2.7", color, mrkdwn_in: [] },
        fields: [
          { title: "Severity", value: severity, short: true },
          { title: "Category", value: "bruteforce", short: true },
        ],
      },
    ],
  });
});

it("writes into the channel of the alert when it knows it, else into its own", async () => {
  const { action, paths } = await open();
  for (const channel of ["soc", "other", "constructor", null]) await send(action, {}, message({ channel }));
  expect(paths()).toEqual(["/hook/soc", "/hook/siem", "/hook/siem", "/hook/siem"]);
});

it("tells nothing of an alert that is not to be told", async () => {
  const { action, paths } = await open();
  expect(await send(action, {}, message({ notify_mozdefbot: false }))).toBeUndefined();
  expect(paths()).toEqual([]);
});

it("cuts a summary after 450 characters, and mentions nobody", async () => {
  const { action, last } = await open();
  await send(action, {}, message({ summary: "x".repeat(451) }));
  expect(last().attachments[0]?.text).toBe(`${"x".repeat(450)} truncated...`);
  await send(action, {}, hostileMessage());
  expect(JSON.stringify(last())).not.toMatch(/[<>]|\u202E/);
  await send(action, { alerts: [message(), message()] });
  expect(last().attachments[0]?.text).toBe("WARNING: 2 alerts, among them 10 failed logins by 192.0.2.7");
  await send(action, { event: "resolve", by: "ana" });
  expect(last().attachments[0]?.text).toBe("Closed by ana: 10 failed logins by 192.0.2.7");
});

it("takes Slack's answers for what they mean", async () => {
  const { url } = await openReceiver({ status: 404, body: "no_service" });
  const action = chatBot({ channels: { siem: url }, defaultChannel: "siem" });
  expect(await send(action)).toEqual({ refused: "it answered 404: no_service" });
});

it("refuses a default channel that is none of the channels", () => {
  expect(() => chatBot({ channels: { siem: "https://hooks.slack.com/x" }, defaultChannel: "soc" })).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining("defaultChannel: ") as string }),
  );
});
