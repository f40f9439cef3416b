import { messageLinks, type MessageText } from "./message-text.ts";
import { escapeHtml } from "./escape.ts";
import { severityColour } from "./severity-colour.ts";

/** An alert as the HTML of a mail: no styles but colours, no images, no scripts. */
export const mailHtml = ({ title, severity, facts, events, ...text }: MessageText): string =>
  [
    `<h3 style="border-left: 6px solid ${severityColour(severity)}; padding-left: 8px">${escapeHtml(title)}</h3>`,
    ...(facts.length > 0
      ? [
          `<table>${facts.map(([name, value]) => `<tr><th align="left">${name}</th><td>${escapeHtml(value)}</td></tr>`).join("")}</table>`,
        ]
      : []),
    ...(events.length > 0 ? [`<ul>${events.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`] : []),
    ...messageLinks(text).map(({ title: name, url }) => `<p><a href="${escapeHtml(url)}">${name}</a></p>`),
  ].join("\n");
