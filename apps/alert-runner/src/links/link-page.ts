import { visible } from "@mozdef/query/tools";
import { createHash } from "node:crypto";
import { Html, html } from "../http/html.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #c9ced6; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --line: #3a414c; --link: #8ab4f8; } }
body { margin: 0 auto; max-width: 40rem; padding: 1.5rem 1rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; }
a { color: var(--link); }
blockquote { margin: 1rem 0; padding: .5rem 1rem; border-left: 4px solid var(--line); }
button { font: inherit; padding: .5rem 1.25rem; }
`;

/** This stylesheet, and a form that is sent to the service itself. */
export const LINK_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

/** In one piece: the policy names the hash of every byte in it. */
const STYLE_TAG = new Html(`<style>${STYLE}</style>`);

/** Of what an alert says, in characters. */
const LONGEST = 1_000;

const page = (title: string, content: Html): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} - MozDef</title>
        ${STYLE_TAG}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.text;

/** What people are shown of an alert without a log-in: no more than the message says that had the link. */
export interface LinkedAlert {
  readonly id: string;
  readonly severity: unknown;
  readonly summary: unknown;
}

const quoted = ({ severity, summary }: LinkedAlert): Html =>
  html`<blockquote>${visible(`${String(severity)}: ${String(summary)}`).slice(0, LONGEST)}</blockquote>`;

const wayTo = ({ id }: LinkedAlert): Html =>
  html`<p><a href="/alerts/${encodeURIComponent(id)}">Open the alert</a></p>`;

/** Asks first: chats and mail programs open links to look at them. The form is sent to the address that the page has. */
export const askPage = (alert: LinkedAlert): string =>
  page(
    "Acknowledge this alert?",
    html`${quoted(alert)}
      <form method="post"><button type="submit">Acknowledge</button></form>
      ${wayTo(alert)}`,
  );

/** @param by - Who has acknowledged it. */
export const donePage = (alert: LinkedAlert, by: string): string =>
  page(
    "Acknowledged",
    html`${quoted(alert)}
      <p>By ${visible(by).slice(0, LONGEST)}.</p>
      ${wayTo(alert)}`,
  );

export const closedPage = (alert: LinkedAlert): string =>
  page("This alert is closed", html`${quoted(alert)}${wayTo(alert)}`);

export const problemPage = (text: string): string => page("This link does not work", html`<p>${text}</p>`);
