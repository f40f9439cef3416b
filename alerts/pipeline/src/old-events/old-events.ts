import { aggregation, AlertTask, type AggregatedEvents, type AlertContext } from "@mozdef/alert";
import { LessThanMatch, SearchQuery } from "@mozdef/query";

const DAY_MS = 86_400_000;

/** Events that have come in with a time stamp of more than a day ago. */
export class OldEvents extends AlertTask {
  main({ now }: AlertContext) {
    // The window finds them by when they were received.
    const query = SearchQuery({ hours: 6 }).must(LessThanMatch("utctimestamp", new Date(now.getTime() - DAY_MS)));
    return aggregation(query, { field: "mozdefhostname", samplesLimit: 1_000 });
  }

  onAggregation({ count, events }: AggregatedEvents) {
    return {
      summary: `Events have an outdated utctimestamp (${count})`,
      category: "maintenance",
      tags: ["pipeline"],
      severity: "ERROR",
      events,
    };
  }
}
