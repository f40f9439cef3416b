import { type AlertAbout, type AlertContext, AlertTask, eachEvent, type Hit, textAt } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { recentSlots } from "../own-records.ts";

/** Slots of an alert that were missed and will not be run any more. */
export class AlertExecutionGap extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Slots of an alert that were missed and will not be run any more.",
    severity: "ERROR",
    falsePositives: ["The service was stopped on purpose for longer than `limits.catchUpMs`."],
    triage: [
      "Why did the service not run then (its log, `GET /status`), and did its store answer?",
      "Run the alert over that time: `POST /api/backfills`, as long as the events are there.",
      "If it was down for good reason and that may happen again, raise `limits.catchUpMs`.",
    ],
  };

  main({ now }: AlertContext) {
    // A gap has the time of its last slot, days ago maybe, and is recorded on the day on which it is noticed: the indices say how new it is.
    return eachEvent(SearchQuery({ days: 90 }).must(TermMatch("type", "gap")), {
      indices: recentSlots(now),
    });
  }

  onEvent(gap: Hit) {
    const [alert, from, to] = [textAt(gap, "alert"), textAt(gap, "from"), textAt(gap, "to")];
    return {
      summary: `${alert} was not run after ${from} until ${to}`,
      category: "maintenance",
      tags: ["pipeline"],
      severity: "ERROR",
      details: { alert, from, to },
    };
  }
}
