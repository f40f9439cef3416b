import { createHmac } from "node:crypto";
import { type AlertAction, type AlertMessage, defineAction, type DeliveryContext } from "@mozdef/alert/runtime";
import { z } from "zod";
import { messageOf } from "@mozdef/alert";
import { alertJson } from "./alert-json.ts";
import { escapeMarkdown, escapeTags, withoutMentions } from "./escape.ts";
import { fillTemplate, type Template, templateProblem } from "./fill-template.ts";
import { deliveryAnswer } from "./http-answer.ts";
import { messageValues, VALUE_NAMES } from "./message-values.ts";
import { hiding, secretsOfAddress, SHORTEST_SECRET } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { httpAddress, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const JSON_TYPE = "application/json";

const table = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const schema = z
  .strictObject({
    url: httpAddress,
    method: z.enum(["POST", "PUT", "PATCH"]).default("POST"),
    headers: z.record(z.string(), z.string()).default({}),
    secret: z.string().min(16, "expected at least 16 characters").optional(),
    mostEvents: z.number().int().min(0).max(10_000).default(10),
    mostAlerts: z.number().int().min(0).max(10_000).default(100),
    body: z
      .custom<NonNullable<WebhookOptions["body"]>>((value) => typeof value === "function", "expected a function")
      .optional(),
    template: z.json().optional(),
    encoding: z.enum(["json", "form"]).default("json"),
    escape: z.enum(["none", "markdown", "tags", "mentions"]).default("none"),
    bySeverity: z.record(z.string(), table).default({}),
    byEvent: z.record(z.string(), table).default({}),
    ...messageShape,
  })
  .superRefine(({ url, body, template, encoding, bySeverity, byEvent }, context) => {
    const known = [...VALUE_NAMES, ...Object.keys(bySeverity), ...Object.keys(byEvent)];
    const wrong = (path: string, message: string): void => context.addIssue({ code: "custom", path: [path], message });
    if (body !== undefined && template !== undefined) wrong("template", "expected body or template, not both");
    if (encoding === "form" && (template === undefined || !isFlat(template)))
      wrong("template", "expected an object without lists and objects in it, since encoding is form");
    for (const [path, value] of Object.entries({ url: decoded(url), template })) {
      const problem = value === undefined ? null : templateProblem(value, known);
      if (problem !== null) wrong(path, problem);
    }
  });

const isFlat = (template: unknown): boolean =>
  typeof template === "object" &&
  template !== null &&
  !Array.isArray(template) &&
  Object.values(template).every((value) => typeof value !== "object" || value === null);

/** Braces of placeholders, as addresses have them. */
const decoded = (url: string): string => url.replaceAll(/%7B/gi, "{").replaceAll(/%7D/gi, "}");

/** A value for each severity or event; `*` for all others. */
export type WebhookTable = Readonly<Record<string, string | number | boolean | null>>;

/** The options of {@link webhook}. */
export interface WebhookOptions extends MessageOptions {
  /** Where to. It may have placeholders, which become parts of a path: `https://example.org/send/{{key}}`. */
  readonly url: string;
  /** Default `POST`. */
  readonly method?: "POST" | "PUT" | "PATCH";
  /** Beside those that every request has. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Signs each request as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, `webhook-signature`): at least 16 characters, or
   * `whsec_` and Base64. The signature is over id, time and body, so that neither another body nor a later time passes. Default: no signature.
   */
  readonly secret?: string;
  /** Events of an alert that are sent at most; `eventCount` says how many it has. Default 10. */
  readonly mostEvents?: number;
  /** Alerts of a message for several that are sent at most; `alertCount` says how many there are. Default 100. */
  readonly mostAlerts?: number;
  /** What to send, as JSON; a text is sent as it is. Default: `{ type: "alert", event, by, id, index, eventCount, alert, alertCount, alerts?, links? }`. */
  readonly body?: (message: AlertMessage, context: DeliveryContext) => unknown;
  /**
   * What to send, as data with placeholders: `{ title: "{{title}}", n: "{{eventCount}}", text: "{{text:1000}}", owner: "{{alert.details.owner}}" }`. A text
   * that is a placeholder becomes its value, in a longer one it becomes text; `:1000` bounds its characters. Names: id, index, key, group,
   * event, by, title, summary, severity, text, link, acknowledgeLink, time, now, eventCount, alertCount, alerts, those of `bySeverity` and
   * `byEvent`, and `alert.` with a path.
   */
  readonly template?: Template;
  /** How a template is sent: as JSON, or as a form. Default `json`. */
  readonly encoding?: "json" | "form";
  /** What the receiver would read in texts that are filled in, and is escaped: Markdown, tags (`<b>`), or mentions (`@all`) only. Default `none`. */
  readonly escape?: "none" | "markdown" | "tags" | "mentions";
  /** More names for placeholders, each with its value by the severity: `{ priority: { CRITICAL: 5, "*": 3 } }`. */
  readonly bySeverity?: Readonly<Record<string, WebhookTable>>;
  /** The same by `trigger`, `acknowledge` and `resolve`. */
  readonly byEvent?: Readonly<Record<string, WebhookTable>>;
}

/**
 * Sends each alert by HTTP as JSON. An answer of 2xx: it has arrived. 408, 425, 429 and 5xx: it is sent again later, not before a
 * `Retry-After` is over. Any other, redirects among them: it is given up. Every attempt has the same `Idempotency-Key`.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://www.standardwebhooks.com
 *
 * @example
 * export default defineConfig({ actions: { soar: webhook({ url: "https://soar.example.org/alerts", secret: env("SOAR_SECRET") }) } });
 */
export const webhook = (options: WebhookOptions): AlertAction => {
  const read = readOptions("webhook", schema, options);
  const hide = hiding(secretsOf(read));
  return defineAction({
    kind: "webhook",
    ...sharedPart(read),
    send: async (message, context) => {
      const { url, body } = requestOf(read, message, context);
      const init = { method: read.method, headers: headersOf(read, body, context), body };
      try {
        const response = await context.fetch(url, { ...init, redirect: "manual", signal: context.signal });
        return await deliveryAnswer(response, context.now, hide);
      } catch (cause) {
        // Without its cause, which may show the address.
        // eslint-disable-next-line preserve-caught-error
        throw new Error(hide(messageOf(cause)));
      }
    },
  });
};

type Read = z.output<typeof schema>;

/** Headers that say what everybody may know. */
const OPEN_HEADERS = new Set(["content-type", "accept", "user-agent"]);

const secretsOf = ({ url, headers, secret }: Read): readonly string[] => [
  ...(secret === undefined ? [] : [secret]),
  ...Object.entries(headers)
    .filter(([name]) => !OPEN_HEADERS.has(name.toLowerCase()))
    .flatMap(([, value]) => [value, ...value.split(" ")])
    .filter((text) => text.length >= SHORTEST_SECRET),
  ...secretsOfAddress(url).filter((text) => !text.includes("{{")),
];

const ESCAPES = { none: String, markdown: escapeMarkdown, tags: escapeTags, mentions: withoutMentions };

const requestOf = (read: Read, message: AlertMessage, context: DeliveryContext): { url: string; body: string } => {
  const { template, encoding } = read;
  const values = new Map([
    ...messageValues(message, context, read.alertUrl),
    ...Object.entries(read.bySeverity).map(
      ([name, values]) => [name, chosen(values, message._source.severity)] as const,
    ),
    ...Object.entries(read.byEvent).map(([name, values]) => [name, chosen(values, context.event)] as const),
  ]);
  const url = String(fillTemplate(decoded(read.url), values, asPart));
  if (template === undefined)
    return { url, body: textOf(read.body?.(message, context) ?? ownBody(message, context, read)) };
  const filled = fillTemplate(template, values, ESCAPES[read.escape]);
  return { url, body: encoding === "form" ? formOf(filled as object) : JSON.stringify(filled) };
};

/** Where nobody looks but its receiver: what is kept somewhere must not have the link by which alerts are acknowledged. */
const ownBody = (message: AlertMessage, context: DeliveryContext, read: Read): object => {
  const { links } = context;
  return { ...alertJson(message, context, read), ...(links !== undefined && { links }) };
};

const asPart = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, "\uFFFD"));

const chosen = (values: WebhookTable, name: string): unknown =>
  (Object.hasOwn(values, name) ? values[name] : values["*"]) ?? null;

/** What is null is left out. */
const formOf = (fields: object): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]: readonly [string, unknown]) =>
      value === null ? [] : [[name, textOf(value)]],
    ),
  ).toString();

const textOf = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

const headersOf = (
  { headers, secret, encoding }: Read,
  body: string,
  context: Pick<DeliveryContext, "key" | "event" | "now">,
): Record<string, string> => ({
  "content-type": encoding === "form" ? "application/x-www-form-urlencoded" : JSON_TYPE,
  "user-agent": "mozdef-alerts",
  "idempotency-key": context.key,
  ...(secret !== undefined && signature(secret, context.key, context.now, body)),
  // In small letters, as all names are here: one that is there twice would be sent with both values.
  ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
});

const PREFIX = "whsec_";

const signature = (secret: string, id: string, now: Date, body: string): Record<string, string> => {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), "base64") : Buffer.from(secret);
  const signed = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signed}` };
};
