import { type AlertMessage, type DeliveryContext, SEVERITIES } from "@mozdef/alert/runtime";
import { type AlertText, alertText, eventCount, fit, plain } from "./alert-text.ts";
import { alertLink } from "./shared-options.ts";

/** What is told about which alerts. */
export type Told = Pick<DeliveryContext, "event" | "by" | "alerts" | "links">;

/** An alert, or several, as a message for people. */
export interface MessageText extends AlertText {
  /** The page of the alert; of several, the page of all. */
  readonly link: string | undefined;
  /** Where people say that they take care of it. */
  readonly acknowledge: string | undefined;
}

/** Something to press. */
export interface MessageLink {
  readonly title: string;
  readonly url: string;
}

/** Of the name of somebody, in characters. */
const LONGEST_NAME = 100;

/** Alerts that a message about several shows. */
const SHOWN_ALERTS = 10;

/** Of one of several alerts, in characters. */
const LONGEST_ALERT = 300;

/** Of the names of a fact, in number. */
const SHOWN_NAMES = 5;

const VERBS = { acknowledge: "Acknowledged", resolve: "Closed" } as const;

/**
 * What a message for people says: everything about a new alert; of several how many, and the first ten; one line about what somebody takes
 * care of, or what is over, without a severity, so that it does not look like a new alert.
 */
export const messageText = (message: AlertMessage, told: Told, alertUrl: string | undefined): MessageText => {
  const { event, by, alerts, links } = told;
  const several = alerts.length > 1;
  const text = several ? textOfSeveral(message, alerts) : alertText(message);
  const link = (several ? alertUrl : alertLink(alertUrl, message)) ?? links?.alert;
  if (event === "trigger") return { ...text, link, acknowledge: links?.acknowledge ?? undefined };
  const title = `${whoDidWhat(event, by)}: ${text.summary}`;
  return {
    ...text,
    title,
    severity: "",
    time: undefined,
    facts: [],
    events: several ? text.events : [],
    link,
    acknowledge: undefined,
  };
};

/** What a message leads to, for channels that have links or buttons. */
export const messageLinks = ({
  link,
  acknowledge,
}: Pick<MessageText, "link" | "acknowledge">): readonly MessageLink[] => [
  ...(link === undefined ? [] : [{ title: "Open the alert", url: link }]),
  ...(acknowledge === undefined ? [] : [{ title: "Acknowledge", url: acknowledge }]),
];

/** The same where links are text: the page as it is, what else there is with its name. */
export const linkLines = ({ link, acknowledge }: Pick<MessageText, "link" | "acknowledge">): readonly string[] => [
  ...(link === undefined ? [] : [link]),
  ...(acknowledge === undefined ? [] : [`Acknowledge: ${acknowledge}`]),
];

/** `Acknowledged by ana`, `Closed`. */
export const whoDidWhat = (event: "acknowledge" | "resolve", by: string | null): string =>
  by === null ? VERBS[event] : `${VERBS[event]} by ${fit(plain(by), LONGEST_NAME)}`;

const textOfSeveral = (message: AlertMessage, alerts: readonly AlertMessage[]): AlertText => {
  const sources = alerts.map(({ _source }) => _source);
  const severity = highest([message._source.severity, ...sources.map((alert) => alert.severity)]);
  const text = alertText({ ...message, _source: { ...message._source, severity } });
  // A message that is one of its alerts says nothing of the others.
  const sumsUp = alerts.every(({ _source }) => _source.summary !== message._source.summary);
  const summary = sumsUp ? text.summary : `${alerts.length} alerts, among them ${text.summary}`;
  const times = sources.map(({ utctimestamp }) => utctimestamp).sort();
  return {
    ...text,
    summary,
    title: `${text.severity}: ${summary}`,
    facts: [
      ["Alerts", String(alerts.length)],
      ["Names", namesOf(sources.map(({ classname }) => classname))],
      ["Categories", namesOf(sources.map(({ category }) => category))],
      ["Time", fit(plain(`${times[0] ?? ""} to ${times.at(-1) ?? ""}`), LONGEST_ALERT)],
      ["Events", String(alerts.reduce((sum, alert) => sum + eventCount(alert), 0))],
    ],
    events: [
      ...alerts.slice(0, SHOWN_ALERTS).map((alert) => fit(alertText(alert).title, LONGEST_ALERT)),
      ...(alerts.length > SHOWN_ALERTS ? [`and ${alerts.length - SHOWN_ALERTS} more alerts`] : []),
    ],
  };
};

const highest = (severities: readonly string[]): string =>
  severities.reduce((high, severity) => (rankOf(severity) > rankOf(high) ? severity : high));

const rankOf = (severity: string): number => (SEVERITIES as readonly string[]).indexOf(severity);

const namesOf = (names: readonly string[]): string => {
  const different = [...new Set(names)];
  const more = different.length > SHOWN_NAMES ? [`${different.length - SHOWN_NAMES} more`] : [];
  return fit(plain([...different.slice(0, SHOWN_NAMES), ...more].join(", ")), LONGEST_ALERT);
};
