import { type AlertAction, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, textLines } from "./alert-text.ts";
import { escapeTags } from "./escape.ts";
import { type MessageLink, messageLinks, messageText, type MessageText } from "./message-text.ts";
import { postJson, secretsOfAddress } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { httpAddress, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({ webhookUrl: httpAddress, ...messageShape });

/** The options of {@link googleChat}. */
export interface GoogleChatOptions extends MessageOptions {
  /** The address of the webhook, which names the space: `https://chat.googleapis.com/v1/spaces/...`. Whoever knows it can send. */
  readonly webhookUrl: string;
}

/** In characters, each of at most three bytes: a message may have 32,000 bytes. */
const LONGEST = { header: 200, line: 1_000 };

/**
 * Posts each alert as a card to a space of Google Chat, by a webhook. Tags of events are escaped, and a card mentions nobody. A space takes one
 * message a second, of all its webhooks together; what it answers with 429 is sent again.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://developers.google.com/workspace/chat/quickstart/webhooks
 * @see https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
 *
 * @example
 * export default defineConfig({ actions: { soc: googleChat({ webhookUrl: env("GOOGLE_CHAT_URL") }) } });
 */
export const googleChat = (options: GoogleChatOptions): AlertAction => {
  const read = readOptions("googleChat", schema, options);
  const { webhookUrl: url, alertUrl } = read;
  return defineAction({
    kind: "googleChat",
    ...sharedPart(read),
    send: (message, context) =>
      postJson({ url, body: bodyOf(messageText(message, context, alertUrl)), secrets: secretsOfAddress(url) }, context),
  });
};

const bodyOf = (text: MessageText): object => {
  const { title } = text;
  const rest = textLines(text);
  // A card needs something below its header.
  const lines = [...(title.length > LONGEST.header || rest.length === 0 ? [title] : []), ...rest];
  const widgets = [
    ...lines.map((line) => ({ textParagraph: { text: fit(line, LONGEST.line, escapeTags) } })),
    ...buttons(messageLinks(text)),
  ];
  return {
    cardsV2: [
      { cardId: "alert", card: { header: { title: fit(title, LONGEST.header, escapeTags) }, sections: [{ widgets }] } },
    ],
  };
};

const buttons = (links: readonly MessageLink[]): readonly object[] =>
  links.length === 0
    ? []
    : [{ buttonList: { buttons: links.map(({ title, url }) => ({ text: title, onClick: { openLink: { url } } })) } }];
