import { type AlertAction, type AlertMessage, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, plain } from "./alert-text.ts";
import { escapeTags } from "./escape.ts";
import { messageText } from "./message-text.ts";
import { postJson, secretsOfAddress } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { httpAddress, type SharedOptions, sharedPart, sharedShape } from "./shared-options.ts";

const schema = z
  .strictObject({
    channels: z.record(z.string(), httpAddress),
    defaultChannel: z.string(),
    ...sharedShape,
  })
  .refine(({ channels, defaultChannel }) => Object.hasOwn(channels, defaultChannel), {
    path: ["defaultChannel"],
    message: "expected one of channels",
  });

/** The options of {@link chatBot}. */
export interface ChatBotOptions extends SharedOptions {
  /** The incoming webhook of each channel that alerts may name: `{ siem: "https://hooks.slack.com/services/..." }`. */
  readonly channels: Readonly<Record<string, string>>;
  /** For alerts that name none of them. */
  readonly defaultChannel: string;
}

/** Of a summary, in characters; what MozDef puts behind one that is longer. */
const LONGEST_SUMMARY = 450;

const CUT = " truncated...";

const LONGEST_FIELD = 300;

const COLOURS: ReadonlyMap<string, string> = new Map([
  ["CRITICAL", "#d04437"],
  ["ERROR", "#d04437"],
  ["WARNING", "#ffd351"],
  ["INFO", "#cccccc"],
  ["NOTICE", "#4a6785"],
]);

/**
 * Writes alerts into channels of Slack as MozDef's bot does: the summary with severity and category beside its colours, in the channel that the alert names, else in the default
 * one. Alerts with `notify_mozdefbot: false` are not told. Unlike the bot it mentions nobody, and what Slack does not take is sent again.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see MozDef `bot/slack/mozdefbot.py`
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 *
 * @example
 * export default defineConfig({ actions: { bot: chatBot({ channels: { siem: env("SLACK_SIEM"), soc: env("SLACK_SOC") }, defaultChannel: "siem" }) } });
 */
export const chatBot = (options: ChatBotOptions): AlertAction => {
  const read = readOptions("chatBot", schema, options);
  return defineAction({
    kind: "chatBot",
    ...sharedPart(read),
    send: (message, context) => {
      if (!message._source.notify_mozdefbot) return undefined;
      const url = channelOf(message, read);
      const { event, alerts } = context;
      const isPlain = event === "trigger" && alerts.length === 1;
      const text = isPlain ? undefined : messageText(message, context, undefined).title;
      return postJson({ url, body: bodyOf(message, text), secrets: secretsOfAddress(url) }, context);
    },
  });
};

const channelOf = ({ _source: { channel } }: AlertMessage, read: z.output<typeof schema>): string => {
  const { channels, defaultChannel } = read;
  const name = channel !== null && Object.hasOwn(channels, channel) ? channel : defaultChannel;
  return channels[name] ?? "";
};

const bodyOf = ({ _source: alert }: AlertMessage, told: string | undefined): object => {
  const text = shortened(plain(told ?? alert.summary));
  const severity = plain(alert.severity).toUpperCase();
  return {
    attachments: [
      {
        fallback: text,
        text,
        color: COLOURS.get(severity) ?? "#000000",
        mrkdwn_in: [],
        fields: [field("Severity", severity), field("Category", plain(alert.category))],
      },
    ],
  };
};

const shortened = (text: string): string => {
  const kept = text.length > LONGEST_SUMMARY ? text.slice(0, LONGEST_SUMMARY).replace(/\p{Cs}$/u, "") + CUT : text;
  return escapeTags(kept);
};

const field = (title: string, value: string): object => ({
  title,
  value: fit(value, LONGEST_FIELD, escapeTags),
  short: true,
});
