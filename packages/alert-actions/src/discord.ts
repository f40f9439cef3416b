import { type AlertAction, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, fitLines, textLines } from "./alert-text.ts";
import { escapeMarkdown } from "./escape.ts";
import { type MessageText, messageText } from "./message-text.ts";
import { postJson, secretsOfAddress } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { severityColour } from "./severity-colour.ts";
import { httpAddress, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({ webhookUrl: httpAddress, ...messageShape });

/** The options of {@link discord}. */
export interface DiscordOptions extends MessageOptions {
  /** The address of the webhook, which names the channel: `https://discord.com/api/webhooks/...`. Whoever knows it can send. */
  readonly webhookUrl: string;
}

/** Of an embed, in characters. */
const LONGEST = { title: 256, description: 4_096 };

/**
 * Writes each alert into a channel of Discord, as an embed with the colour of its severity. Markdown of events is escaped, and mentions are
 * turned off. Discord is asked to answer when the message is kept, so that one it drops is sent again.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://docs.discord.com/developers/resources/webhook#execute-webhook
 * @see https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 *
 * @example
 * export default defineConfig({ actions: { soc: discord({ webhookUrl: env("DISCORD_URL") }) } });
 */
export const discord = (options: DiscordOptions): AlertAction => {
  const read = readOptions("discord", schema, options);
  const { webhookUrl, alertUrl } = read;
  const url = waiting(webhookUrl);
  return defineAction({
    kind: "discord",
    ...sharedPart(read),
    send: (message, context) =>
      postJson(
        { url, body: bodyOf(messageText(message, context, alertUrl)), secrets: secretsOfAddress(webhookUrl) },
        context,
      ),
  });
};

/** Without `wait`, a message that is not kept is no error. */
const waiting = (address: string): string => {
  const url = new URL(address);
  url.searchParams.set("wait", "true");
  return url.href;
};

const bodyOf = (text: MessageText): object => ({
  allowed_mentions: { parse: [] },
  embeds: [
    {
      title: fit(text.title, LONGEST.title, escapeMarkdown),
      description: description(text),
      color: Number.parseInt(severityColour(text.severity).slice(1), 16),
      ...(text.time !== undefined && { timestamp: text.time }),
      ...(text.link !== undefined && { url: text.link }),
    },
  ],
});

/** The link has its room first. */
const description = (text: MessageText): string => {
  const end = text.acknowledge === undefined ? "" : `\n[Acknowledge](${text.acknowledge})`;
  return fitLines(descriptionOf(text), LONGEST.description - end.length, escapeMarkdown) + end;
};

/** With the title again when it is too long for its own place. */
const descriptionOf = (text: MessageText): readonly string[] => [
  ...(escapeMarkdown(text.title).length > LONGEST.title ? [text.title] : []),
  ...textLines(text),
];
