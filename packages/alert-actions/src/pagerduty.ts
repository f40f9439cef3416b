import { type AlertAction, type AlertMessage, defineAction, DELIVERY_EVENTS } from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, hostOf, plain } from "./alert-text.ts";
import { groupId } from "./group-id.ts";
import { type MessageText, messageText } from "./message-text.ts";
import { postJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { credential, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({
  integrationKey: credential,
  region: z.enum(["us", "eu"]).default("us"),
  ...messageShape,
});

/** The options of {@link pagerduty}. */
export interface PagerdutyOptions extends MessageOptions {
  /** The key of an integration with the Events API v2: 32 characters. */
  readonly integrationKey: string;
  /** Where the account is. Default `us`. */
  readonly region?: "us" | "eu";
}

const ADDRESSES = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
};

const SEVERITIES: ReadonlyMap<string, string> = new Map([
  ["CRITICAL", "critical"],
  ["ERROR", "error"],
  ["WARNING", "warning"],
]);

/** In characters. */
const LONGEST_SUMMARY = 1_024;

const LONGEST_KEY = 255;

/**
 * Triggers an alert of PagerDuty, and acknowledges and resolves it when that happens to the alert here. Alerts of one `quietFor` group have the same `dedup_key`, so that a later one adds to an incident that is
 * still open. 400 is final; 429 and 5xx are tried again, as PagerDuty asks for.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
 * @see https://developer.pagerduty.com/docs/send-alert-event
 *
 * @example
 * export default defineConfig({ actions: { oncall: pagerduty({ integrationKey: env("PD_KEY"), registration: ["critical", "error"] }) } });
 */
export const pagerduty = (options: PagerdutyOptions): AlertAction => {
  const read = readOptions("pagerduty", schema, options);
  const { integrationKey, region, alertUrl } = read;
  return defineAction({
    kind: "pagerduty",
    ...sharedPart(read, DELIVERY_EVENTS),
    send: (message, context) => {
      const told = {
        routing_key: integrationKey,
        event_action: context.event,
        dedup_key: groupId(message, LONGEST_KEY),
      };
      const body =
        context.event === "trigger"
          ? { ...told, ...eventOf(message, messageText(message, context, alertUrl), context.alerts.length > 1) }
          : told;
      return postJson({ url: ADDRESSES[region], body, secrets: [integrationKey] }, context);
    },
  });
};

const eventOf = (message: AlertMessage, text: MessageText, isSeveral: boolean): object => {
  const { title, severity, facts, events, link } = text;
  const { _id, _index, _source: alert } = message;
  return {
    client: "MozDef",
    ...(link !== undefined && { client_url: link, links: [{ href: link, text: "Open the alert" }] }),
    payload: {
      summary: fit(title, LONGEST_SUMMARY),
      source: hostOf(message) ?? "MozDef",
      severity: SEVERITIES.get(severity) ?? "info",
      timestamp: alert.utctimestamp,
      group: fit(plain(alert.category), LONGEST_KEY),
      class: fit(plain(alert.classname), LONGEST_KEY),
      custom_details: {
        id: _id,
        index: _index,
        ...Object.fromEntries(facts.map(([name, value]) => [name.toLowerCase(), value])),
        [isSeveral ? "first_alerts" : "first_events"]: events,
      },
    },
  };
};
