import type { MessageText } from "./message-text.ts";

/** A text in the Atlassian Document Format. */
export interface JiraDocument {
  readonly type: "doc";
  readonly version: 1;
  readonly content: readonly object[];
}

/** What a message for people says, as a document: text nodes only, in which nothing is markup. */
export const jiraDocument = ({ title, facts, events, link }: MessageText): JiraDocument => ({
  ...jiraLine(title),
  content: [
    paragraph(textNode(title)),
    ...(facts.length > 0 ? [list(facts.map(([name, value]) => `${name}: ${value}`))] : []),
    ...(events.length > 0 ? [list(events)] : []),
    ...(link === undefined
      ? []
      : [paragraph({ ...textNode("Open the alert"), marks: [{ type: "link", attrs: { href: link } }] })]),
  ],
});

/** A document of one line. */
export const jiraLine = (text: string): JiraDocument => ({
  type: "doc",
  version: 1,
  content: [paragraph(textNode(text))],
});

const paragraph = (node: object): object => ({ type: "paragraph", content: [node] });

/** A text node is never empty. */
const textNode = (text: string) => ({ type: "text", text: text === "" ? "-" : text });

const list = (lines: readonly string[]): object => ({
  type: "bulletList",
  content: lines.map((line) => ({ type: "listItem", content: [paragraph(textNode(line))] })),
});
