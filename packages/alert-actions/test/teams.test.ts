import { teams } from "@mozdef/alert-actions/teams";
import { expect, it } from "vitest";
import { hostileMessage, message, openReceiver, send } from "./receiver.ts";

const posted = async (what = message(), alertUrl?: string): Promise<unknown> => {
  const { received, url } = await openReceiver({ status: 202 });
  const action = teams({ webhookUrl: url, ...(alertUrl !== undefined && { alertUrl }) });
  expect(await send(action, {}, what)).toBeUndefined();
  expect(received[0]).toMatchObject({ method: "POST", path: "/hook" });
  return JSON.parse(received[0]?.body ?? "");
};

const block = (run: object) => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", ...run }] });

it("posts an Adaptive Card in the envelope that workflows read", async () => {
  expect(await posted(message(), "https://mozdef.example.org/alerts")).toEqual({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          msteams: { width: "Full" },
          body: [
            block({
              ...{ text: "WARNING: 10 failed logins by 192.0.2.7", weight: "bolder", size: "medium", color: "warning" },
            }),
            ...[
              ...["Alert: AlertBruteforceSsh", "Category: bruteforce", "Tags: ssh"],
              ...["Time: 2026-03-10T08:59:00+00:00", "Events: 12"],
              ...["- failed 0", "- failed 1", "- failed 2", "- failed 3", "- failed 4"],
            ].map((text) => ({ ...block({ text }), spacing: "small" })),
          ],
          actions: [{ type: "Action.OpenUrl", title: "Open the alert", url: "https://mozdef.example.org/alerts/abc" }],
        },
      },
    ],
  });
});

/** Every element of a card, by its type. */
const typesOf = (value: unknown): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  const { type } = value as { readonly type?: unknown };
  return [...(typeof type === "string" ? [type] : []), ...Object.values(value).flatMap(typesOf)];
};

it("has hostile text in text runs only, which know no Markdown, and no entities that mention", async () => {
  const body = await posted(hostileMessage());
  expect([...new Set(typesOf(body))]).toEqual(["message", "AdaptiveCard", "RichTextBlock", "TextRun"]);
  expect(JSON.stringify(body)).not.toContain('"entities"');
});

it("keeps to 28 KB with the largest characters", async () => {
  const events = message()._source.events.map((event) => ({
    ...event,
    documentsource: { summary: "語".repeat(10_000) },
  }));
  const large = message({ summary: "語".repeat(10_000), category: "語".repeat(10_000), events });
  expect(Buffer.byteLength(JSON.stringify(await posted(large)))).toBeLessThan(28_000);
});

it.each([
  ["CRITICAL", "attention"],
  ["NOTICE", "accent"],
  ["INFO", "default"],
])("shows %s in the colour %s", async (severity, color) => {
  expect(JSON.stringify(await posted(message({ severity })))).toContain(`"color":"${color}"`);
});
