import {
  AlertTask,
  noEvent,
  severityName,
  wholeCount,
  type AlertAbout,
  type HookContext,
  type Search,
} from "@mozdef/alert";
import { QueryStringMatch, SearchQuery } from "@mozdef/query";
import { z } from "zod";
import { isDue, repeatAfterMinutes } from "../repeat-after.ts";

const entry = z.strictObject({
  description: z.string().min(1),
  /** Lucene query string: the events that have to come. */
  search_query: z.string().trim().min(1),
  time_window: wholeCount,
  time_window_type: z.enum(["weeks", "days", "hours", "minutes", "seconds"]),
  tags: z.array(z.string().min(1)).default([]),
});
type Entry = z.output<typeof entry>;

const config = z.object({
  severity: severityName.default("ERROR"),
  /** What has to be heard from, each with its own window. */
  alerts: z.array(entry).default([
    {
      description: "Sample Alert 1",
      search_query: "ABC12345436",
      time_window: 5,
      time_window_type: "minutes",
      tags: ["generic_deadman"],
    },
    {
      description: "Sample Alert 2",
      search_query: "anotherterm",
      time_window: 20,
      time_window_type: "hours",
      tags: ["someothertag"],
    },
  ]),
  repeat_after_minutes: repeatAfterMinutes,
});

/** Events that have stopped coming, whatever they are. */
export class AlertDeadmanGeneric extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Events that have stopped coming, whatever they are.",
    severity: "ERROR",
    attack: ["T1562.001"],
    falsePositives: ["The two samples are shipped and fire until you replace them."],
    triage: [
      "Does the source still run, and does it still send?",
      "Did the shape of its events change, so that the query misses them?",
      "Note the time of the gap.",
    ],
  };

  main() {
    return this.config.alerts.map((check) =>
      noEvent(SearchQuery({ [check.time_window_type]: check.time_window }).must(QueryStringMatch(check.search_query)), {
        indices: ["events-weekly"],
        data: check,
      }),
    );
  }

  async onNoEvent(_search: Search, context: HookContext<Entry>) {
    const { description, time_window, time_window_type, tags } = context.data;
    if (!(await isDue(`AlertDeadmanGeneric:${description}`, this.config.repeat_after_minutes, context))) return null;
    return {
      summary: `Deadman check failed for '${description}' the past ${time_window} ${time_window_type}`,
      category: "deadman",
      tags: ["deadman", ...tags],
      severity: this.config.severity,
    };
  }
}
