import { mattermost } from "@mozdef/alert-actions/mattermost";
import { expect, it } from "vitest";
import { markupOf } from "./markdown.ts";
import { hostileMessage, message, openReceiver, send } from "./receiver.ts";

interface MattermostBody {
  readonly attachments: readonly { readonly fallback: string; readonly color: string; readonly text: string }[];
}

const posted = async (what = message(), alertUrl?: string): Promise<MattermostBody> => {
  const { received, url } = await openReceiver({ body: "ok" });
  const action = mattermost({ webhookUrl: url, ...(alertUrl !== undefined && { alertUrl }) });
  expect(await send(action, {}, what)).toBeUndefined();
  expect(received[0]).toMatchObject({ method: "POST", path: "/hook" });
  return JSON.parse(received[0]?.body ?? "") as MattermostBody;
};

it("writes an attachment with the colour of the severity and a link", async () => {
  const { attachments } = await posted(message({ severity: "CRITICAL" }), "https://mozdef.example.org/alerts");
  expect(attachments).toEqual([
    {
      fallback: "CRITICAL: 10 failed logins by 192.0.2.7",
      color: "#a4262c",
      text: [
        String.raw`**CRITICAL: 10 failed logins by 192\.0\.2\.7**`,
        "Alert: AlertBruteforceSsh",
        "Category: bruteforce",
        "Tags: ssh",
        String.raw`Time: 2026\-03\-10T08:59:00\+00:00`,
        "Events: 12",
        ...[0, 1, 2, 3, 4].map((index) => String.raw`\- failed ${index}`),
        "[Open the alert](https://mozdef.example.org/alerts/abc)",
      ].join("\n"),
    },
  ]);
});

it("mentions nobody, formats nothing, and keeps to what old servers take", async () => {
  const { attachments } = await posted(hostileMessage(10_000));
  const [{ text, fallback } = { text: "", fallback: "" }] = attachments;
  const [title = "", ...lines] = text.split("\n");
  expect(title).toMatch(/^\*\*.*…\*\*$/);
  expect([title.slice(2, -2), ...lines].flatMap(markupOf)).toEqual([]);
  expect(fallback).not.toMatch(/@(?!\u200B)/);
  expect(JSON.stringify(attachments).length).toBeLessThan(7_900);
});

it("refuses what Mattermost calls wrong", async () => {
  const body = '{"id":"web.incoming_webhook.invalid.app_error","message":"Invalid webhook.","status_code":400}';
  const { url } = await openReceiver({ status: 400, body });
  expect(await send(mattermost({ webhookUrl: url }))).toEqual({ refused: `it answered 400: ${body}` });
});
