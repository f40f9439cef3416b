import { type AlertAbout, type AlertContext, AlertTask, eachEvent, type Hit, listed } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { inShort, OWN, recentSlots } from "../own-records.ts";
import { slotRecord } from "../slot-record.ts";

const KILLED = "ALERT_KILLED";

/** An alert whose code has blocked, filled or ended the process that runs the alerts. */
export class AlertExecutionKilled extends AlertTask {
  static readonly about: AlertAbout = {
    description: "An alert whose code has blocked, filled or ended the process that runs the alerts.",
    severity: "ERROR",
    falsePositives: ["A machine so busy that the code of an alert did not get its turn within `isolation.blockMs`."],
    triage: [
      "What has come in lately that the alert looks at: a text that its expression takes minutes for, a group that grew?",
      "Look for an endless loop, an expression that backtracks, a list that grows.",
      "Until it is mended, switch it off: it is not run for up to an hour each time, and sees nothing then.",
    ],
  };

  main({ now }: AlertContext) {
    return eachEvent(SearchQuery({ hours: 1 }).must(TermMatch(OWN.notableCode, KILLED)), {
      indices: recentSlots(now),
      quietFor: { hours: 6 },
    });
  }

  onEvent(record: Hit) {
    const killed = slotRecord(record).notable.flatMap(({ alert, errors }) =>
      errors.filter(({ code }) => code === KILLED).map(({ message }) => ({ alert, message })),
    );
    const names = listed(killed.map(({ alert }) => alert));
    return {
      summary: `The process of the alerts was ended by ${names}: ${inShort(killed[0]?.message ?? "")}`,
      category: "maintenance",
      tags: ["pipeline"],
      severity: "ERROR",
      events: [],
      details: { alerts: killed },
      groupkey: names,
    };
  }
}
