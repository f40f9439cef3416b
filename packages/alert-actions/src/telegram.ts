import { type AlertAction, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fitLines, textLines } from "./alert-text.ts";
import { withoutMentions } from "./escape.ts";
import { linkLines, messageText, type MessageText } from "./message-text.ts";
import { postJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({
  token: z.string().regex(/^\d{1,20}:[\w-]{1,200}$/, "expected the token of a bot, as 123456:ABC-DEF"),
  chatId: z.union([
    z.number().int(),
    z.string().regex(/^(?:-?\d{1,20}|@\w{1,100})$/, "expected the number of a chat, or @ and the name of a channel"),
  ]),
  threadId: z.number().int().min(1).optional(),
  ...messageShape,
});

/** The options of {@link telegram}. */
export interface TelegramOptions extends MessageOptions {
  /** The token of the bot: `123456:ABC-DEF`. */
  readonly token: string;
  /** The number of the chat, below zero for a group, or `@` and the name of a channel. */
  readonly chatId: number | string;
  /** The topic of a group that has topics. Default: none. */
  readonly threadId?: number;
}

/** In characters. */
const LONGEST_TEXT = 4_096;

/**
 * Sends each alert by a bot to a chat of Telegram, as text without markup in which nobody is mentioned. 429 is tried again when the
 * `retry_after` of the answer is over; 400, 401 and 403 (no such chat, a wrong token, a bot that may not write there) are final.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://core.telegram.org/bots/api#sendmessage
 *
 * @example
 * export default defineConfig({ actions: { soc: telegram({ token: env("TELEGRAM_TOKEN"), chatId: -1001234567890 }) } });
 */
export const telegram = (options: TelegramOptions): AlertAction => {
  const read = readOptions("telegram", schema, options);
  const { token, chatId, threadId, alertUrl } = read;
  const secrets = [token, token.slice(token.indexOf(":") + 1)];
  const url = `https://api.telegram.org/bot${token}/sendMessage`;
  return defineAction({
    kind: "telegram",
    ...sharedPart(read),
    send: (message, context) => {
      const body = {
        chat_id: chatId,
        ...(threadId !== undefined && { message_thread_id: threadId }),
        text: textOf(messageText(message, context, alertUrl)),
        link_preview_options: { is_disabled: true },
      };
      return postJson({ url, body, secrets }, context);
    },
  });
};

/** The links have their room first. */
const textOf = (text: MessageText): string => {
  const end = linkLines(text)
    .map((line) => `\n${line}`)
    .join("");
  return fitLines([text.title, ...textLines(text)], LONGEST_TEXT - end.length, withoutMentions) + end;
};
