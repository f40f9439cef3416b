import { discord } from "@mozdef/alert-actions/discord";
import { expect, it } from "vitest";
import { markupOf } from "./markdown.ts";
import { hostileMessage, message, openReceiver, send } from "./receiver.ts";

interface DiscordBody {
  readonly content?: string;
  readonly allowed_mentions: object;
  readonly embeds: readonly { readonly title: string; readonly description: string }[];
}

const posted = async (what = message(), alertUrl?: string) => {
  const { received, url } = await openReceiver({ status: 204 });
  const action = discord({ webhookUrl: `${url}?thread_id=1`, ...(alertUrl !== undefined && { alertUrl }) });
  expect(await send(action, {}, what)).toBeUndefined();
  return { path: received[0]?.path, body: JSON.parse(received[0]?.body ?? "") as DiscordBody };
};

it("writes an embed with the colour of the severity and a link, and waits until it is kept", async () => {
  const { path, body } = await posted(message(), "https://mozdef.example.org/alerts");
  expect(path).toBe("/hook?thread_id=1&wait=true");
  expect(body).toEqual({
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: String.raw`WARNING: 10 failed logins by 192\.0\.2\.7`,
        description: [
          "Alert: AlertBruteforceSsh",
          "Category: bruteforce",
          "Tags: ssh",
          String.raw`Time: 2026\-03\-10T08:59:00\+00:00`,
          "Events: 12",
          ...[0, 1, 2, 3, 4].map((index) => String.raw`\- failed ${index}`),
        ].join("\n"),
        color: 0xf2a900,
        timestamp: "2026-03-10T08:59:00+00:00",
        url: "https://mozdef.example.org/alerts/abc",
      },
    ],
  });
});

it("mentions nobody, formats nothing, and keeps to the lengths of Discord", async () => {
  const { body } = await posted(hostileMessage(10_000));
  const [{ title, description } = { title: "", description: "" }] = body.embeds;
  expect(body.allowed_mentions).toEqual({ parse: [] });
  expect(body.content).toBeUndefined();
  expect(title.length).toBeLessThanOrEqual(256);
  expect(description.length).toBeLessThanOrEqual(4_096);
  expect([title, ...description.split("\n")].flatMap(markupOf)).toEqual([]);
});

it.each([
  [404, '{"message":"Unknown Webhook","code":10015}', "refused"],
  [400, '{"code":50035,"message":"Invalid Form Body"}', "refused"],
  [500, "", "retry"],
])("takes Discord's answer %i %s for what it means", async (status, body, kind) => {
  const { url } = await openReceiver({ status, body });
  expect(Object.keys((await send(discord({ webhookUrl: url }))) ?? {})).toEqual([kind]);
});

it("waits as long as Discord says in its answer", async () => {
  const body = '{"message":"You are being rate limited.","retry_after":64.57,"global":false}';
  const { url } = await openReceiver({ status: 429, body });
  expect(await send(discord({ webhookUrl: url }))).toEqual({ retry: `it answered 429: ${body}`, afterMs: 64_570 });
});
