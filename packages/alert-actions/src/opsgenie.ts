import {
  type AlertAction,
  type AlertMessage,
  defineAction,
  DELIVERY_EVENTS,
  type DeliveryContext,
} from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, fitLines, hostOf, plain, textLines } from "./alert-text.ts";
import { escapeTags } from "./escape.ts";
import { groupId } from "./group-id.ts";
import { type MessageText, messageText } from "./message-text.ts";
import { postJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { credential, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const schema = z.strictObject({
  apiKey: credential,
  region: z.enum(["us", "eu"]).default("us"),
  ...messageShape,
});

/** The options of {@link opsgenie}. */
export interface OpsgenieOptions extends MessageOptions {
  /** The key of an API integration. */
  readonly apiKey: string;
  /** Where the account is. Default `us`. */
  readonly region?: "us" | "eu";
}

const ADDRESSES = { us: "https://api.opsgenie.com/v2/alerts", eu: "https://api.eu.opsgenie.com/v2/alerts" };

const PRIORITIES: ReadonlyMap<string, string> = new Map([
  ["CRITICAL", "P1"],
  ["ERROR", "P2"],
  ["WARNING", "P3"],
  ["NOTICE", "P4"],
]);

/** In characters; tags also in number. */
const LONGEST = { message: 130, alias: 512, user: 100, description: 15_000, entity: 512, tag: 50, tags: 20 };

/**
 * Creates an alert of Opsgenie, and acknowledges and closes it when that happens to the alert here. Alerts of one `quietFor` group have the same alias, so that a later one counts up an alert that is still
 * open. 401, 403 and 422 are final; 429 and 5xx are tried again.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://docs.opsgenie.com/docs/alert-api#create-alert
 * @see https://docs.opsgenie.com/docs/alert-api#close-alert
 *
 * @example
 * export default defineConfig({ actions: { oncall: opsgenie({ apiKey: env("OPSGENIE_KEY"), registration: ["critical", "error"] }) } });
 */
export const opsgenie = (options: OpsgenieOptions): AlertAction => {
  const read = readOptions("opsgenie", schema, options);
  const { apiKey, region, alertUrl } = read;
  const headers = { authorization: `GenieKey ${apiKey}` };
  return defineAction({
    kind: "opsgenie",
    ...sharedPart(read, DELIVERY_EVENTS),
    send: (message, context) => {
      const { event } = context;
      const request =
        event === "trigger"
          ? { url: ADDRESSES[region], body: bodyOf(message, messageText(message, context, alertUrl)) }
          : { url: addressOf(ADDRESSES[region], message, VERBS[event]), body: noteOf(context) };
      return postJson({ ...request, headers, secrets: [apiKey] }, context);
    },
  });
};

const VERBS = { acknowledge: "acknowledge", resolve: "close" } as const;

const addressOf = (base: string, message: AlertMessage, verb: string): string =>
  `${base}/${encodeURIComponent(groupId(message, LONGEST.alias))}/${verb}?identifierType=alias`;

const noteOf = ({ by }: DeliveryContext): object => ({
  source: "MozDef",
  ...(by !== null && { user: fit(plain(by), LONGEST.user) }),
});

/** Messages and descriptions may have HTML in them. */
const bodyOf = (message: AlertMessage, text: MessageText): object => {
  const { link } = text;
  const entity = hostOf(message);
  const lines = [text.title, ...textLines(text), ...(link === undefined ? [] : [link])];
  return {
    message: fit(text.title, LONGEST.message, escapeTags),
    alias: groupId(message, LONGEST.alias),
    description: fitLines(lines, LONGEST.description, escapeTags),
    tags: message._source.tags.slice(0, LONGEST.tags).map((tag) => fit(plain(tag), LONGEST.tag)),
    details: { id: message._id, index: message._index, severity: text.severity },
    ...(entity !== undefined && { entity: fit(entity, LONGEST.entity, escapeTags) }),
    source: "MozDef",
    priority: PRIORITIES.get(text.severity) ?? "P5",
  };
};
