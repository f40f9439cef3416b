import { type AlertMessage, SEVERITIES } from "@mozdef/alert/runtime";

/** Alerts that the text of a message names. */
const NAMED = 5;

/**
 * One message for alerts that are sent together: the highest severity, how many there are of each name, and the events of the first. The
 * alerts themselves go along, see `DeliveryContext.alerts`.
 *
 * @param alerts - At least one, oldest first. One alert is its own message.
 * @param id - Of the message.
 */
export const groupMessage = (alerts: readonly [AlertMessage, ...AlertMessage[]], id: string): AlertMessage => {
  const [first] = alerts;
  if (alerts.length === 1) return first;
  const sources = alerts.map(({ _source }) => _source);
  const names = countsOf(sources.map(({ classname }) => classname));
  const categories = countsOf(sources.map(({ category }) => category));
  return {
    _index: first._index,
    _id: id,
    _source: {
      ...sharedBy(first._source),
      severity: highest(sources.map(({ severity }) => severity)),
      summary: summaryOf(
        sources.map(({ summary }) => summary),
        names,
      ),
      classname: names.length === 1 ? first._source.classname : "AlertGroup",
      category: categories.length === 1 ? first._source.category : "group",
      tags: [...new Set(sources.flatMap(({ tags }) => tags))],
      details: {
        alerts: alerts.map(({ _id, _source: { summary, severity, classname, utctimestamp } }) => ({
          ...{ id: _id, summary, severity, classname, utctimestamp },
        })),
      },
    },
  };
};

/** Of the first alert, what a message for several can have: no group, address or count of its own. */
const sharedBy = ({ utctimestamp, events, channel, notify_mozdefbot, status }: AlertMessage["_source"]) => ({
  ...{ utctimestamp, events, channel, notify_mozdefbot, status },
});

type Counts = readonly (readonly [value: string, count: number])[];

const summaryOf = (summaries: readonly string[], names: Counts): string => {
  const shown = names.slice(0, NAMED).map(([name, count]) => `${name} (${count})`);
  const others = names.length - shown.length;
  const more = others === 0 ? "" : ` and ${others} others`;
  return `${summaries.length} alerts: ${shown.join(", ")}${more}. The first: ${summaries[0] ?? ""}`;
};

/** Most frequent first. */
const countsOf = (values: readonly string[]): Counts => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};

/** One that is unknown is below all others. */
const highest = (severities: readonly string[]): string => {
  const rank = (severity: string): number => (SEVERITIES as readonly string[]).indexOf(severity);
  return severities.reduce((best, severity) => (rank(severity) > rank(best) ? severity : best));
};
