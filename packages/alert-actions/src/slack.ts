import { type AlertAction, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, fitLines } from "./alert-text.ts";
import { escapeTags } from "./escape.ts";
import { type MessageLink, messageLinks, type MessageText, messageText } from "./message-text.ts";
import { postJson, secretsOfAddress } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { severityColour } from "./severity-colour.ts";
import { httpAddress, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({ webhookUrl: httpAddress, ...messageShape });

/** The options of {@link slack}. */
export interface SlackOptions extends MessageOptions {
  /** The address of the incoming webhook, which names the channel: `https://hooks.slack.com/services/...`. Whoever knows it can send. */
  readonly webhookUrl: string;
}

/** Of a header block, a section and a field of one, in characters. */
const LONGEST = { header: 150, section: 3_000, field: 2_000 };

/**
 * Writes each alert into a channel of Slack by an incoming webhook, with the colour of its severity. What comes from events is plain
 * text: it mentions nobody and formats nothing. The answers 400, 403, 404 and 410 of Slack (`invalid_payload`, `action_prohibited`,
 * `no_service`, `channel_is_archived`) are final; 429 and 5xx are tried again.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @see https://docs.slack.dev/reference/block-kit/blocks
 *
 * @example
 * export default defineConfig({ actions: { soc: slack({ webhookUrl: env("SLACK_URL"), alertUrl: "https://mozdef.example.org/alerts" }) } });
 */
export const slack = (options: SlackOptions): AlertAction => {
  const read = readOptions("slack", schema, options);
  const { webhookUrl: url } = read;
  return defineAction({
    kind: "slack",
    ...sharedPart(read),
    send: (message, context) =>
      postJson(
        { url, body: bodyOf(messageText(message, context, read.alertUrl)), secrets: secretsOfAddress(url) },
        context,
      ),
  });
};

const bodyOf = (text: MessageText): object => {
  const { title, severity } = text;
  const blocks = blocksOf(text);
  return {
    // What notifications show.
    text: fit(title, LONGEST.section, escapeTags),
    blocks: [{ type: "header", text: plainText(title, LONGEST.header) }],
    ...(blocks.length > 0 && { attachments: [{ color: severityColour(severity), blocks }] }),
  };
};

const blocksOf = ({ title, facts, events, ...text }: MessageText): readonly object[] => [
  // What the header has no room for.
  ...(escapeTags(title).length > LONGEST.header ? [section(plainText(title, LONGEST.section))] : []),
  ...(facts.length > 0
    ? [{ type: "section", fields: facts.map(([name, value]) => plainText(`${name}: ${value}`, LONGEST.field)) }]
    : []),
  ...(events.length > 0 ? [section(plainLines(events, LONGEST.section))] : []),
  ...linkBlocks(messageLinks(text)),
];

const linkBlocks = (links: readonly MessageLink[]): readonly object[] =>
  links.length === 0
    ? []
    : [
        section({
          type: "mrkdwn",
          text: links.map(({ title, url }) => `<${escapeTags(url)}|${title}>`).join(" | "),
        }),
      ];

const section = (text: object): object => ({ type: "section", text });

const plainText = (text: string, most: number): object => asPlain(fit(text, most, escapeTags));

const plainLines = (lines: readonly string[], most: number): object => asPlain(fitLines(lines, most, escapeTags));

const asPlain = (text: string): object => ({ type: "plain_text", text, emoji: false });
