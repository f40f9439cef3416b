import { aggregation, AlertTask, type AlertAbout, type AggregatedEvents, type AlertContext } from "@mozdef/alert";
import { LessThanMatch, SearchQuery } from "@mozdef/query";

const DAY_MS = 86_400_000;

/** Events that have come in with a time stamp of more than a day ago. */
export class OldEvents extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Events that have come in with a time stamp of more than a day ago.",
    severity: "ERROR",
    falsePositives: ["A sender that was cut off and now sends what it has kept."],
    triage: [
      "Which sender are the events from (`hostname`, `source` in the events)?",
      "Is its clock or its time zone wrong, or was it cut off and sends now?",
      "If it was cut off: run the alerts again over that time (`mozdef backtest`).",
    ],
  };

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
