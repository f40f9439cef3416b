import type { Hit } from "@mozdef/alert";
import type { Covers } from "@mozdef/alert-store";

/** Events of others with the marks that the service writes in its own: what covers them is known from what was decided. */
export const withMarks = (events: readonly Hit[], covering: readonly Covers[]): readonly Hit[] => {
  const byEvent = new Map<string, Covers[]>();
  for (const one of covering)
    for (const { index, ids } of one.covers)
      for (const id of ids) byEvent.set(`${index}/${id}`, [...(byEvent.get(`${index}/${id}`) ?? []), one]);
  return events.map((event) => {
    const found = byEvent.get(`${event._index}/${event._id}`) ?? [];
    if (found.length === 0) return event;
    const alerts = found.flatMap(({ alert }) => (alert === null ? [] : [{ index: alert._index, id: alert._id }]));
    const alert_names = [...new Set(found.map(({ name }) => name))];
    return { ...event, _source: { ...event._source, alerts, alert_names } };
  });
};
