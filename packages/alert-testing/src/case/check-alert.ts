import { type EventSource, type Hit, isoUtc } from "@mozdef/alert";
import { type AlertDocument, notifies, type AlertMessage } from "@mozdef/alert/runtime";
import { alertIndex } from "@mozdef/alert-store";
import type { ExpectedAlert } from "../suite/expected.ts";
import { type Difference, differences } from "../compare/differences.ts";
import { addressOf, linksOf, type StoredEvents } from "./stored-events.ts";

/** What a single alert is checked against, in addition to what the case says. */
export interface CheckContext {
  readonly now: Date;
  /** Own names that the searches of `main` carry. */
  readonly names: readonly string[];
  readonly events: StoredEvents;
  /** Messages for the actions, by the address of their alert. */
  readonly notifications: ReadonlyMap<string, AlertMessage>;
  /** Plugins may change what is otherwise asserted of every alert. */
  readonly hasPlugins: boolean;
}

/** What every alert has to be, whatever its case says. */
export const checkAlert = (
  alert: Hit<AlertDocument>,
  expected: ExpectedAlert,
  context: CheckContext,
): readonly Difference[] => [
  ...differences({ _index: alertIndex(context.now) }, alert),
  ...(alert._id === "" ? [{ path: "_id", expected: "an id", received: '""' }] : []),
  ...documentDifferences(alert._source, expected, context),
  ...embeddedDifferences(alert, context),
  ...queueDifferences(alert, context.notifications),
];

const documentDifferences = (
  alert: AlertDocument,
  expected: ExpectedAlert,
  { now, names, hasPlugins }: CheckContext,
): readonly Difference[] => {
  if (hasPlugins) return [];
  const { severity, channel } = alert;
  const said = expected.notify_mozdefbot;
  const always: Record<string, unknown> = {
    utctimestamp: isoUtc(now),
    channel: null,
    status: "manual",
    notify_mozdefbot: typeof said === "boolean" ? said : notifies({ severity, channel }),
  };
  for (const key of Object.keys(expected)) if (key !== "notify_mozdefbot") Reflect.deleteProperty(always, key);
  const wrongName = !names.includes(alert.classname) && !("classname" in expected);
  return [
    ...differences(always, alert),
    ...(wrongName ? [{ path: "classname", expected: names.join(" or "), received: alert.classname }] : []),
  ];
};

/** Every embedded event is one of the store's, as it was before the mark. */
const embeddedDifferences = (alert: Hit<AlertDocument>, { events, hasPlugins }: CheckContext): readonly Difference[] =>
  alert._source.events.flatMap(({ documentindex, documentid, documentsource }, position) => {
    const path = `events[${position}]`;
    const event = events.at(documentindex, documentid);
    if (event === undefined)
      return [
        { path, expected: "an event of the store", received: `${documentindex}/${documentid}, which is not there` },
      ];
    return hasPlugins ? [] : differences(unmarked(event._source), unmarked(documentsource), `${path}.documentsource`);
  });

const unmarked = (event: EventSource): EventSource =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== "alerts" && key !== "alert_names"));

const queueDifferences = (alert: Hit<AlertDocument>, queue: CheckContext["notifications"]): readonly Difference[] => {
  const message = queue.get(addressOf(alert));
  if (message === undefined) return [{ path: "queue", expected: "a message for the actions", received: "none" }];
  return differences(alert._source, message._source, "queue");
};

/** Marks and alerts have to agree: own name and alert on each covered event, nothing else on any. */
export const checkMarks = (alerts: readonly Hit<AlertDocument>[], events: readonly Hit[]): readonly Difference[] => {
  const nameAt = new Map(alerts.map((alert) => [addressOf(alert), alert._source.classname]));
  return events.flatMap((event, position) => {
    const names = [...linksOf(event)].flatMap((address) => nameAt.get(address) ?? []);
    const { alert_names } = event._source;
    const marks = Array.isArray(alert_names) ? alert_names.map(String) : [];
    return differences(distinct(names), distinct(marks), `event ${position + 1}.alert_names`);
  });
};

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
