import { googleChat } from "@mozdef/alert-actions/google-chat";
import { expect, it } from "vitest";
import { hostileMessage, message, openReceiver, send } from "./receiver.ts";

interface ChatBody {
  readonly cardsV2: readonly {
    readonly card: {
      readonly header: { readonly title: string };
      readonly sections: readonly {
        readonly widgets: readonly { readonly textParagraph?: { readonly text: string } }[];
      }[];
    };
  }[];
}

const posted = async (what = message(), alertUrl?: string) => {
  const { received, url } = await openReceiver({ body: "{}" });
  const action = googleChat({ webhookUrl: `${url}?key=k&token=t`, ...(alertUrl !== undefined && { alertUrl }) });
  expect(await send(action, {}, what)).toBeUndefined();
  expect(received[0]).toMatchObject({ method: "POST", path: "/hook?key=k&token=t" });
  return received[0]?.body ?? "";
};

it("posts a card with a button", async () => {
  const lines = [
    ...[
      "Alert: AlertBruteforceSsh",
      "Category: bruteforce",
      "Tags: ssh",
      "Time: 2026-03-10T08:59:00+00:00",
      "Events: 12",
    ],
    ...["- failed 0", "- failed 1", "- failed 2", "- failed 3", "- failed 4"],
  ];
  const button = { text: "Open the alert", onClick: { openLink: { url: "https://mozdef.example.org/alerts/abc" } } };
  expect(JSON.parse(await posted(message(), "https://mozdef.example.org/alerts"))).toEqual({
    cardsV2: [
      {
        cardId: "alert",
        card: {
          header: { title: "WARNING: 10 failed logins by 192.0.2.7" },
          sections: [
            {
              widgets: [...lines.map((text) => ({ textParagraph: { text } })), { buttonList: { buttons: [button] } }],
            },
          ],
        },
      },
    ],
  });
});

it("escapes tags, and says a title that is too long again below it", async () => {
  const { cardsV2 } = JSON.parse(await posted(hostileMessage(1_000))) as ChatBody;
  const [{ card } = { card: undefined }] = cardsV2;
  const texts =
    card?.sections.flatMap(({ widgets }) => widgets.map(({ textParagraph }) => textParagraph?.text ?? "")) ?? [];
  expect(card?.header.title).toMatch(/^WARNING: &lt;!channel&gt; .*…$/);
  expect(card?.header.title.length).toBeLessThanOrEqual(200);
  expect(texts[0]).toMatch(/^WARNING: &lt;!channel&gt; .*(?:&amp;){100}…$/);
  for (const text of [card?.header.title, ...texts]) expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
});

it("keeps to 32,000 bytes with the largest characters", async () => {
  const events = message()._source.events.map((event) => ({
    ...event,
    documentsource: { summary: "語".repeat(10_000) },
  }));
  const large = message({ summary: "語".repeat(10_000), category: "語".repeat(10_000), events });
  expect(Buffer.byteLength(await posted(large))).toBeLessThan(32_000);
});

it("tries again what is more than one message a second", async () => {
  const { url } = await openReceiver({ status: 429, body: '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}' });
  expect(await send(googleChat({ webhookUrl: url }))).toHaveProperty("retry");
});
