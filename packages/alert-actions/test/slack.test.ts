import { slack } from "@mozdef/alert-actions/slack";
import { expect, it } from "vitest";
import { hostileMessage, message, openReceiver, send } from "./receiver.ts";

interface SlackText {
  readonly type: string;
  readonly text: string;
}

interface SlackBlock {
  readonly type: string;
  readonly text?: SlackText;
  readonly fields?: readonly SlackText[];
}

interface SlackBody {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly attachments: readonly { readonly color: string; readonly blocks: readonly SlackBlock[] }[];
}

const posted = async (what = message(), alertUrl?: string): Promise<SlackBody> => {
  const { received, url } = await openReceiver({ body: "ok" });
  expect(await send(slack({ webhookUrl: url, ...(alertUrl !== undefined && { alertUrl }) }), {}, what)).toBeUndefined();
  expect(received[0]).toMatchObject({ method: "POST", path: "/hook" });
  return JSON.parse(received[0]?.body ?? "") as SlackBody;
};

it("writes a header, and beside the colour of the severity facts, events and a link", async () => {
  const plain = (text: string) => ({ type: "plain_text", text, emoji: false });
  expect(await posted({ ...message(), _id: "a/b)|>" }, "https://mozdef.example.org/alerts/")).toEqual({
    text: "WARNING: 10 failed logins by 192.0.2.7",
    blocks: [{ type: "header", text: plain("WARNING: 10 failed logins by 192.0.2.7") }],
    attachments: [
      {
        color: "#f2a900",
        blocks: [
          {
            type: "section",
            fields: [
              ...["Alert: AlertBruteforceSsh", "Category: bruteforce", "Tags: ssh"],
              ...["Time: 2026-03-10T08:59:00+00:00", "Events: 12"],
            ].map(plain),
          },
          { type: "section", text: plain("failed 0\nfailed 1\nfailed 2\nfailed 3\nfailed 4") },
          {
            type: "section",
            text: { type: "mrkdwn", text: "<https://mozdef.example.org/alerts/a%2Fb%29%7C%3E|Open the alert>" },
          },
        ],
      },
    ],
  });
});

it("keeps to the lengths of Slack, with & < > escaped and nothing else as markup", async () => {
  const { text, blocks, attachments } = await posted(hostileMessage(10_000));
  const all = [...blocks, ...attachments.flatMap((attachment) => attachment.blocks)];
  const [header, ...rest] = all.flatMap(({ text: own, fields = [] }) => [...(own ? [own] : []), ...fields]);
  expect(header?.text.length).toBeLessThanOrEqual(150);
  expect(Math.max(text.length, ...rest.map((one) => one.text.length))).toBeLessThanOrEqual(3_000);
  expect(all.flatMap(({ fields = [] }) => fields).every((field) => field.text.length <= 2_000)).toBe(true);
  expect([header, ...rest].filter((one) => one?.type !== "plain_text")).toEqual([]);
  for (const one of [text, header?.text, ...rest.map((other) => other.text)])
    expect(one).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);

  expect(text).toMatch(/^WARNING: &lt;!channel&gt; @here .*…$/);
});

it("leaves out what an alert does not have", async () => {
  const { attachments } = await posted(message({ events: [] }));
  expect(attachments[0]?.blocks.map(({ type }) => type)).toEqual(["section"]);
});

it.each([
  [400, "invalid_payload", { refused: "it answered 400: invalid_payload" }],
  [403, "action_prohibited", { refused: "it answered 403: action_prohibited" }],
  [404, "no_service", { refused: "it answered 404: no_service" }],
  [410, "channel_is_archived", { refused: "it answered 410: channel_is_archived" }],
  [500, "rollup_error", { retry: "it answered 500: rollup_error" }],
])("takes Slack's answer %i %s for what it means", async (status, body, expected) => {
  const { url } = await openReceiver({ status, body });
  expect(await send(slack({ webhookUrl: url }))).toEqual(expected);
});

it.each(["ftp://example.org", "https://example.org/?a=b", "https://example.org/#a"])(
  "refuses %s as the address of alerts",
  (alertUrl) => {
    expect(() => slack({ webhookUrl: "https://hooks.slack.com/services/x", alertUrl })).toThrow(
      expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining("alertUrl: ") as string }),
    );
  },
);
