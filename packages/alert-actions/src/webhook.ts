import { createHmac } from "node:crypto";
import { type AlertAction, type AlertMessage, defineAction, type DeliveryContext } from "@mozdef/alert/runtime";
import { z } from "zod";
import { alertJson } from "./alert-json.ts";
import { deliveryAnswer } from "./http-answer.ts";
import { readOptions } from "./read-options.ts";
import { httpAddress, type SharedOptions, sharedPart, sharedShape } from "./shared-options.ts";

const schema = z.strictObject({
  url: httpAddress,
  method: z.enum(["POST", "PUT", "PATCH"]).default("POST"),
  headers: z.record(z.string(), z.string()).default({}),
  secret: z.string().min(16, "expected at least 16 characters").optional(),
  events: z.number().int().min(0).max(10_000).default(10),
  body: z
    .custom<NonNullable<WebhookOptions["body"]>>((value) => typeof value === "function", "expected a function")
    .optional(),
  ...sharedShape,
});

/** The options of {@link webhook}. */
export interface WebhookOptions extends SharedOptions {
  /** Where to. */
  readonly url: string;
  /** Default `POST`. */
  readonly method?: "POST" | "PUT" | "PATCH";
  /** Beside those that every request has. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Signs each request as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, `webhook-signature`): at least 16 characters, or
   * `whsec_` and Base64. Default: no signature.
   */
  readonly secret?: string;
  /** Events of an alert that are sent at most; `eventCount` says how many it has. Default 10. */
  readonly events?: number;
  /** What to send, as JSON; a text is sent as it is. Default: `{ type: "alert", id, index, eventCount, alert }`. */
  readonly body?: (message: AlertMessage) => unknown;
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
  const { url, method } = read;
  return defineAction({
    kind: "webhook",
    ...sharedPart(read),
    send: async (message, context) => {
      const body = textOf(read.body === undefined ? alertJson(message, read.events) : read.body(message));
      const headers = headersOf(read, body, context);
      const response = await context.fetch(url, { method, headers, body, redirect: "manual", signal: context.signal });
      return deliveryAnswer(response, context.now);
    },
  });
};

const textOf = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

const headersOf = (
  { headers, secret }: z.output<typeof schema>,
  body: string,
  { key, now }: Pick<DeliveryContext, "key" | "now">,
): Record<string, string> => ({
  "content-type": "application/json",
  "user-agent": "mozdef-alerts",
  "idempotency-key": key,
  ...(secret !== undefined && signature(secret, key, now, body)),
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
