import type { AlertMessage, DeliveryContext } from "@mozdef/alert/runtime";
import { eventCount, textLines } from "./alert-text.ts";
import { groupId } from "./group-id.ts";
import { messageText } from "./message-text.ts";

/** Names of what a template can be filled with, beside `alert.` and a path in the alert. */
export const VALUE_NAMES = [
  ...["id", "index", "key", "group", "event", "by", "title", "summary", "severity", "text", "link", "time", "now"],
  "acknowledgeLink",
  ...["eventCount", "alertCount", "alerts"],
] as const;

/** Of a text that groups alerts, in characters. */
const LONGEST_GROUP = 255;

/** What templates are filled with. */
export const messageValues = (
  message: AlertMessage,
  context: DeliveryContext,
  alertUrl: string | undefined,
): ReadonlyMap<string, unknown> => {
  const text = messageText(message, context, alertUrl);
  const { _id, _index, _source: alert } = message;
  return new Map<string, unknown>([
    ...Object.entries({ id: _id, index: _index, key: context.key, group: groupId(message, LONGEST_GROUP) }),
    ...Object.entries({ event: context.event, by: context.by, title: text.title, summary: text.summary }),
    ...Object.entries({ severity: alert.severity, text: [text.title, ...textLines(text)].join("\n") }),
    ...Object.entries({
      acknowledgeLink: text.acknowledge ?? null,
      link: text.link ?? null,
      time: alert.utctimestamp,
      now: context.now.toISOString(),
    }),
    ...Object.entries({ eventCount: eventCount(message), alertCount: context.alerts.length, alerts: text.events }),
    ["alert", alert],
  ]);
};
