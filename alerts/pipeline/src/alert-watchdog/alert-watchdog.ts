import { type AlertAbout, type AlertContext, AlertTask, noEvent } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { recentSlots } from "../own-records.ts";

/** Fires always: when it stops arriving at a target, the way of alerts to it is broken somewhere. */
export class AlertWatchdog extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Fires always: when it stops arriving at a target, the way of alerts to it is broken somewhere.",
    severity: "INFO",
    falsePositives: ["It is always one: what counts is that it does not come."],
    triage:
      "Nothing while it comes. When it does not: does the service run, does its store answer (`GET /status`), does the target take alerts?",
  };

  main({ now }: AlertContext) {
    // Nothing is of this type. The search is there to need a store that answers.
    return noEvent(SearchQuery({ minutes: 5 }).must(TermMatch("type", "watchdog")), { indices: recentSlots(now) });
  }

  onNoEvent() {
    return {
      summary: "Alerts are run, stored and sent",
      category: "maintenance",
      tags: ["pipeline", "watchdog"],
      severity: "INFO",
    };
  }
}
