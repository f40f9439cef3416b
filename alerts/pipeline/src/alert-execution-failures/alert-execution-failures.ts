import {
  type AggregatedEvents,
  aggregation,
  type AlertAbout,
  type AlertContext,
  AlertTask,
  listed,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { inShort, OWN, recentSlots } from "../own-records.ts";
import { failingAlerts } from "./failing-alerts.ts";

const config = z.object({
  /** Slots at which an alert has to fail. */
  runs: z.int().min(1).default(5),
  /** Within so many minutes. */
  minutes: z.int().min(6).max(1_440).default(30),
});

/** Alerts that are named one by one. */
const MOST = 100;

/** Alerts that fail again and again: what they look for is not seen meanwhile. */
export class AlertExecutionFailures extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Alerts that fail again and again: what they look for is not seen meanwhile.",
    severity: "ERROR",
    falsePositives: ["A store, or a service that an alert asks, was away for a few minutes."],
    triage: [
      "What do the reasons say? `docs/errors.md` explains each code.",
      "Do all alerts fail, or those that ask one store or one service?",
      "`GET /api/runs?alert=NAME` has the runs of one alert.",
    ],
  };

  main({ now }: AlertContext) {
    const query = SearchQuery({ minutes: this.config.minutes }).must(
      TermMatch("type", "slot"),
      TermMatch(OWN.health, "error"),
    );
    return aggregation(query, {
      field: OWN.health,
      threshold: this.config.runs,
      indices: recentSlots(now),
      quietFor: { hours: 6 },
    });
  }

  onAggregation({ allEvents }: AggregatedEvents) {
    const failing = failingAlerts(allEvents).filter(({ failures }) => failures >= this.config.runs);
    const [first] = failing;
    if (first === undefined) return null;
    const names = listed(failing.map(({ alert }) => alert));
    return {
      summary: `Runs fail again and again: ${names}. ${first.alert}: ${inShort(first.message)}`,
      category: "maintenance",
      tags: ["pipeline"],
      severity: "ERROR",
      // What was decided for a slot can be large: the reasons are in the details.
      events: [],
      details: { alerts: failing.slice(0, MOST), total: failing.length },
    };
  }
}
