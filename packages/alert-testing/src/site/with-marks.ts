import type { Hit } from "@mozdef/alert";
import type { Delivery } from "@mozdef/alert-store";

/** Events of others with the marks that the service writes in its own: what covers them is known from the deliveries. */
export const withMarks = (events: readonly Hit[], deliveries: readonly Delivery[]): readonly Hit[] => {
  const covering = new Map<string, Delivery[]>();
  for (const delivery of deliveries)
    for (const [index, id] of delivery.covers) {
      const key = `${index}/${id}`;
      covering.set(key, [...(covering.get(key) ?? []), delivery]);
    }
  return events.map((event) => {
    const found = covering.get(`${event._index}/${event._id}`) ?? [];
    if (found.length === 0) return event;
    const alerts = found.map(({ alert: { _index, _id } }) => ({ index: _index, id: _id }));
    const alert_names = [...new Set(found.map(({ name }) => name))];
    return { ...event, _source: { ...event._source, alerts, alert_names } };
  });
};
