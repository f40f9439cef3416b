import { type AlertAbout, AlertTask, eachEvent, type Hit, listed } from "@mozdef/alert";
import { ExistsMatch, SearchQuery } from "@mozdef/query";
import { inShort, OWN } from "../own-records.ts";
import { type SlotRecord, slotRecord } from "../slot-record.ts";

/** Alerts, or what goes with them, that the store has refused for good. */
export class AlertIndexingFailures extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Alerts, or what goes with them, that the store has refused for good.",
    severity: "ERROR",
    triage: [
      "What does the store say: a field that cannot have its value, an index that is closed or read only?",
      "What was to be stored is in `pieces` of the record that the details name (`index`, `id`), or in the parts that its `parts` names.",
      "A plugin that changes alerts may have made what the store cannot take.",
    ],
  };

  main() {
    // After a time without the store, what was decided before is carried out under its old slot.
    return eachEvent(SearchQuery({ days: 7 }).must(ExistsMatch(OWN.refused)), {
      indices: ["slots-*"],
      quietFor: { hours: 6 },
    });
  }

  onEvent(hit: Hit) {
    const record = slotRecord(hit);
    const alerts = alertsOf(record);
    // Refused as well, it would be about itself at every slot.
    const others = alerts.filter((alert) => alert !== this.name);
    if (others.length === 0) return null;
    const [names, count] = [listed(alerts), record.unstored.length];
    const what =
      count === 0 ? `what goes with the alerts of ${names}` : `${count} alert${count === 1 ? "" : "s"} of ${names}`;
    return {
      summary: `The store has refused ${what}: ${inShort(record.refused[0] ?? "")}`,
      category: "maintenance",
      tags: ["pipeline"],
      severity: "ERROR",
      events: [],
      details: { alerts, unstored: record.unstored, reasons: record.refused, index: hit._index, id: hit._id },
      groupkey: listed(others),
    };
  }
}

/** The alerts that have lost something; of a large decision those whose runs say so, else all that it is about. */
const alertsOf = ({ names, notable, pieces, refused, unstored }: SlotRecord): readonly string[] => {
  const isLost = (id: string): boolean => unstored.includes(id);
  const lost = [
    ...pieces.filter(({ kind, alert }) => kind === "alert" && isLost(alert?._id ?? "")).map(({ run }) => run),
    ...notable.filter(({ alerts }) => alerts.some(isLost)).map(({ alert }) => alert),
    ...notable
      .filter(({ errors }) => errors.some(({ message }) => isReason(refused, message)))
      .map(({ alert }) => alert),
  ];
  const known = lost.length > 0 ? lost : pieces.map(({ run }) => run);
  return [...new Set(known.length > 0 ? known : names)].sort();
};

/** Runs keep the beginning of long reasons. */
const isReason = (refused: readonly string[], message: string): boolean =>
  message !== "" && refused.some((reason) => reason.startsWith(message));
