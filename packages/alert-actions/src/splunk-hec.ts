import { type AlertAction, type AlertMessage, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { alertJson } from "./alert-json.ts";
import { hostOf } from "./alert-text.ts";
import type { Told } from "./message-text.ts";
import { postJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { credential, httpAddress, type SharedOptions, sharedPart, sharedShape } from "./shared-options.ts";

const schema = z.strictObject({
  url: httpAddress,
  token: credential,
  index: z.string().min(1).optional(),
  source: z.string().min(1).default("mozdef"),
  sourcetype: z.string().min(1).default("mozdef:alert"),
  mostEvents: z.number().int().min(0).max(10_000).default(10),
  mostAlerts: z.number().int().min(0).max(10_000).default(100),
  ...sharedShape,
});

/** The options of {@link splunkHec}. */
export interface SplunkHecOptions extends SharedOptions {
  /** Where the collector is: `https://splunk.example.org:8088`. */
  readonly url: string;
  /** The token of the collector, without acknowledgement by indexers. */
  readonly token: string;
  /** Default: that of the token. */
  readonly index?: string;
  /** Default `mozdef`. */
  readonly source?: string;
  /** Default `mozdef:alert`. */
  readonly sourcetype?: string;
  /** Events of an alert that are sent at most; `eventCount` says how many it has. Default 10. */
  readonly mostEvents?: number;
  /** Alerts of a message for several that are sent at most; `alertCount` says how many there are. Default 100. */
  readonly mostAlerts?: number;
}

/**
 * Sends each alert as an event to an HTTP Event Collector of Splunk: `{ type: "alert", event, by, id, index, eventCount, alert, alertCount, alerts? }` at the time of the alert.
 * 503 (`Server is busy`) is tried again; a wrong token, index or format is final. An attempt whose answer is lost makes a second event with
 * the same `id`.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://help.splunk.com/en/splunk-enterprise/get-data-in/collect-http-event-data/format-events-for-http-event-collector
 *
 * @example
 * export default defineConfig({ actions: { splunk: splunkHec({ url: "https://splunk.example.org:8088", token: env("HEC_TOKEN") }) } });
 */
export const splunkHec = (options: SplunkHecOptions): AlertAction => {
  const read = readOptions("splunkHec", schema, options);
  const { url, token } = read;
  const address = new URL("services/collector/event", url.endsWith("/") ? url : `${url}/`).href;
  const headers = { authorization: `Splunk ${token}` };
  return defineAction({
    kind: "splunkHec",
    ...sharedPart(read),
    send: (message, context) =>
      postJson({ url: address, headers, body: eventOf(message, context, read), secrets: [token] }, context),
  });
};

const eventOf = (
  message: AlertMessage,
  told: Told,
  { index, source, sourcetype, ...bounds }: z.output<typeof schema>,
): object => {
  const host = hostOf(message);
  // Of a new alert its own; Splunk takes the time of arrival for what happens to it later.
  const time = told.event === "trigger" ? Date.parse(message._source.utctimestamp) / 1_000 : Number.NaN;
  return {
    ...(!Number.isNaN(time) && { time }),
    ...(host !== undefined && { host }),
    source,
    sourcetype,
    ...(index !== undefined && { index }),
    event: alertJson(message, told, bounds),
  };
};
