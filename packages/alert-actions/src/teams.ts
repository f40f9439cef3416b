import { type AlertAction, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, textLines } from "./alert-text.ts";
import { messageLinks, messageText, type MessageText } from "./message-text.ts";
import { postJson, secretsOfAddress } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { httpAddress, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({ webhookUrl: httpAddress, ...messageShape });

/** The options of {@link teams}. */
export interface TeamsOptions extends MessageOptions {
  /** The address of a workflow that starts when a webhook request is received. Whoever knows it can send. */
  readonly webhookUrl: string;
}

/** In characters, each of at most three bytes: a message may have 28 KB. */
const LONGEST_TITLE = 1_000;

const COLOURS: ReadonlyMap<string, string> = new Map([
  ["CRITICAL", "attention"],
  ["ERROR", "attention"],
  ["WARNING", "warning"],
  ["NOTICE", "accent"],
]);

/**
 * Posts each alert as an Adaptive Card to a channel or chat of Microsoft Teams, by a workflow. All text of the card is in text runs, which
 * know no Markdown. The workflow answers that it has the card, not that it has posted it.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://support.microsoft.com/office/8ae491c7-0394-4861-ba59-055e33f75498
 * @see https://adaptivecards.io/explorer/TextRun.html
 *
 * @example
 * export default defineConfig({ actions: { soc: teams({ webhookUrl: env("TEAMS_URL") }) } });
 */
export const teams = (options: TeamsOptions): AlertAction => {
  const read = readOptions("teams", schema, options);
  const { webhookUrl: url, alertUrl } = read;
  return defineAction({
    kind: "teams",
    ...sharedPart(read),
    send: (message, context) =>
      postJson({ url, body: bodyOf(messageText(message, context, alertUrl)), secrets: secretsOfAddress(url) }, context),
  });
};

const bodyOf = (text: MessageText): object => ({
  type: "message",
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: cardOf(text) }],
});

const cardOf = (text: MessageText): object => {
  const title = {
    text: fit(text.title, LONGEST_TITLE),
    weight: "bolder",
    size: "medium",
    color: COLOURS.get(text.severity) ?? "default",
  };
  const links = messageLinks(text);
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    body: [textBlock(title), ...textLines(text).map((line) => ({ ...textBlock({ text: line }), spacing: "small" }))],
    ...(links.length > 0 && { actions: links.map(({ title, url }) => ({ type: "Action.OpenUrl", title, url })) }),
  };
};

/** A text block would read Markdown. */
const textBlock = (run: object): object => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", ...run }] });
