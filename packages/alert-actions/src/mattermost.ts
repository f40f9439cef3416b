import { type AlertAction, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, fitLines, textLines } from "./alert-text.ts";
import { escapeMarkdown, withoutMentions } from "./escape.ts";
import { messageLinks, messageText, type MessageText } from "./message-text.ts";
import { postJson, secretsOfAddress } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { severityColour } from "./severity-colour.ts";
import { httpAddress, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({ webhookUrl: httpAddress, ...messageShape });

/** The options of {@link mattermost}. */
export interface MattermostOptions extends MessageOptions {
  /** The address of the incoming webhook, which names the channel: `https://mattermost.example.org/hooks/...`. Whoever knows it can send. */
  readonly webhookUrl: string;
}

/** In characters. Old servers take 7,900 of attachments in all. */
const LONGEST = { title: 1_000, lines: 5_000, fallback: 500 };

/**
 * Writes each alert into a channel of Mattermost by an incoming webhook, with the colour of its severity. Markdown of events is escaped,
 * and nobody is mentioned.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://developers.mattermost.com/integrate/webhooks/incoming/
 * @see https://developers.mattermost.com/integrate/reference/message-attachments/
 *
 * @example
 * export default defineConfig({ actions: { soc: mattermost({ webhookUrl: env("MATTERMOST_URL") }) } });
 */
export const mattermost = (options: MattermostOptions): AlertAction => {
  const read = readOptions("mattermost", schema, options);
  const { webhookUrl: url, alertUrl } = read;
  return defineAction({
    kind: "mattermost",
    ...sharedPart(read),
    send: (message, context) =>
      postJson({ url, body: bodyOf(messageText(message, context, alertUrl)), secrets: secretsOfAddress(url) }, context),
  });
};

const bodyOf = (text: MessageText): object => {
  const parts = [
    `**${fit(text.title, LONGEST.title, escapeMarkdown)}**`,
    fitLines(textLines(text), LONGEST.lines, escapeMarkdown),
    ...messageLinks(text).map(({ title, url }) => `[${title}](${url})`),
  ];
  return {
    attachments: [
      {
        fallback: fit(text.title, LONGEST.fallback, withoutMentions),
        color: severityColour(text.severity),
        text: parts.join("\n"),
      },
    ],
  };
};
