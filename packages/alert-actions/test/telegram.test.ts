import { telegram, type TelegramOptions } from "@mozdef/alert-actions/telegram";
import { expect, it } from "vitest";
import { divertTo, hostileMessage, message, openReceiver, send } from "./receiver.ts";

const token = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";

const posted = async (options: Partial<TelegramOptions> = {}, what = message()) => {
  const { received, url } = await openReceiver({ body: '{"ok":true,"result":{}}' });
  const { asked, fetch } = divertTo(url);
  expect(await send(telegram({ token, chatId: -100, ...options }), { fetch }, what)).toBeUndefined();
  return { asked, body: JSON.parse(received[0]?.body ?? "") as { readonly text: string } };
};

it("sends a text without markup and without a preview of links", async () => {
  const { asked, body } = await posted({ threadId: 7, alertUrl: "https://mozdef.example.org/alerts" });
  expect(asked).toEqual([`https://api.telegram.org/bot${token}/sendMessage`]);
  expect(body).toEqual({
    chat_id: -100,
    message_thread_id: 7,
    link_preview_options: { is_disabled: true },
    text: [
      "WARNING: 10 failed logins by 192.0.2.7",
      ...["Alert: AlertBruteforceSsh", "Category: bruteforce", "Tags: ssh"],
      ...["Time: 2026-03-10T08:59:00+00:00", "Events: 12"],
      ...["- failed 0", "- failed 1", "- failed 2", "- failed 3", "- failed 4"],
      "https://mozdef.example.org/alerts/abc",
    ].join("\n"),
  });
});

it("mentions nobody, and has at most 4,096 characters with the link at the end", async () => {
  const { body } = await posted({ alertUrl: "https://mozdef.example.org/alerts" }, hostileMessage(10_000));
  expect(body.text).not.toMatch(/@(?!\u200B)/);
  expect(body.text.length).toBeLessThanOrEqual(4_096);
  expect(body.text).toMatch(/…\nhttps:\/\/mozdef\.example\.org\/alerts\/abc$/);
  expect(body).not.toHaveProperty("parse_mode");
});

it.each([
  [
    429,
    '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":35}}',
    { afterMs: 35_000 },
  ],
  [400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', {}],
  [401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', {}],
  [403, '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}', {}],
])("takes Telegram's answer %i %s for what it means", async (status, body, more) => {
  const { url } = await openReceiver({ status, body });
  const answer = await send(telegram({ token, chatId: "@soc" }), { fetch: divertTo(url).fetch });
  expect(answer).toEqual({ [status === 429 ? "retry" : "refused"]: `it answered ${status}: ${body}`, ...more });
});

it.each([
  [{ token: "123456" }, "token: "],
  [{ chatId: "soc" }, "chatId: "],
  [{ chatId: 1.5 }, "chatId: "],
  [{ threadId: 0 }, "threadId: "],
])("refuses the options %j, and names the key", (options, reason) => {
  expect(() => telegram({ token, chatId: 1, ...options })).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
