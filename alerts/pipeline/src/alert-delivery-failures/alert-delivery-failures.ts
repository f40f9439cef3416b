import {
  type AggregatedEvents,
  aggregation,
  type AlertAbout,
  type AlertContext,
  AlertTask,
  distinct,
  type Hit,
  listed,
  textAt,
} from "@mozdef/alert";
import { RangeMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { inShort, OWN } from "../own-records.ts";

const HOUR_MS = 3_600_000;

/** Deliveries that are named one by one. */
const MOST = 100;

/** Alerts that were made and did not reach a target: it has refused them, or was away for a day. */
export class AlertDeliveryFailures extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Alerts that were made and did not reach a target: it has refused them, or was away for a day.",
    severity: "ERROR",
    falsePositives: ["A target that was taken out of the configuration."],
    triage: [
      "What does the target answer? Is its address still right, its key still valid, its channel still there?",
      "Read what did not arrive: `GET /api/deliveries?status=dead`.",
      "Once it takes alerts again, have them sent again: `POST /api/deliveries/replay`.",
    ],
  };

  main({ now }: AlertContext) {
    // A delivery has the time of its alert, and says in `nextat` when it was given up.
    const query = SearchQuery()
      .must(
        TermMatch("type", "dispatch"),
        TermMatch(OWN.status, "dead"),
        RangeMatch(OWN.nextat, new Date(now.getTime() - HOUR_MS), now),
      )
      // It goes to the same targets.
      .mustNot(TermMatch(OWN.name, this.name));
    return aggregation(query, { field: OWN.target, indices: ["deliveries-*"], quietFor: { hours: 6 } });
  }

  onAggregation({ value, count, allEvents }: AggregatedEvents) {
    const error = textAt(newestOf(allEvents), "error");
    const deliveries = allEvents.slice(0, MOST).map(({ _id }) => _id);
    return {
      summary: `${count} alert${count === 1 ? " was" : "s were"} given up for the target ${value} (${listed(distinct(allEvents, "name"))}), which answered last: ${inShort(error)}`,
      category: "maintenance",
      tags: ["pipeline"],
      severity: "ERROR",
      // Each of them holds a whole alert.
      events: [],
      details: { target: value, error, deliveries, total: count },
    };
  }
}

const newestOf = (deliveries: readonly Hit[]): Pick<Hit, "_source"> =>
  deliveries.reduce<Pick<Hit, "_source">>(
    (newest, one) => (textAt(one, "nextat") >= textAt(newest, "nextat", "") ? one : newest),
    { _source: {} },
  );
