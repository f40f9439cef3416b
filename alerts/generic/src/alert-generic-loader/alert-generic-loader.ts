import { join } from "node:path";
import {
  aggregation,
  AlertTask,
  distinct,
  valuesAt,
  type AlertAbout,
  type AggregatedEvents,
  type AggregationSearch,
  type AlertContext,
  type Hit,
  type HookContext,
} from "@mozdef/alert";
import { fieldNamed, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { loadRules, type NamedRule } from "../load-rules.ts";
import type { Rule } from "../rule.ts";

const config = z.object({
  /** Folder with a folder `rules` in it; from where the service was started when it is not absolute. */
  alert_data_location: z.string().min(1).default("alerts/generic_alerts"),
});

/** Rules from files: one search and one name of its own for each. */
export class AlertGenericLoader extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Rules from files: one search and one name of its own for each.",
    triage: ["The rule's `alert_url` should say it: write one for each rule."],
  };

  async main({ report }: AlertContext) {
    const folder = join(this.config.alert_data_location, "rules");
    const { rules, problems } = await loadRules(folder);
    for (const problem of problems) report(problem);
    return rules.map(searchOf);
  }

  onAggregation({ value, count, events }: AggregatedEvents, { data: rule }: HookContext<Rule>) {
    const fields = rule.additional_summary_fields.map((field) => fieldText(events, field)).join("");
    const hosts = distinct(events, "hostname").join(", ");
    return {
      summary: `${rule.alert_summary} (${count}): ${value}${fields}${hosts === "" ? "" : ` [${hosts}]`}`,
      category: rule.alert_category,
      tags: rule.alert_tags,
      severity: rule.alert_severity,
      url: rule.alert_url,
      channel: rule.channel,
      notify_mozdefbot: rule.notify_mozdefbot,
      events,
    };
  }
}

const searchOf = ({ name, rule }: NamedRule): AggregationSearch => {
  const query = SearchQuery({ minutes: rule.time_window }).must(
    QueryStringMatch(rule.search_string),
    ...rule.filters.map(([field, value]) => TermMatch(fieldNamed(field), value)),
  );
  return aggregation(query, {
    field: fieldNamed(rule.aggregation_key),
    samplesLimit: rule.num_samples,
    threshold: rule.num_aggregations,
    name: `AlertGenericLoader:${name}`,
    data: rule,
  });
};

/** ` (field=a, b)`, nothing when no sample has a value that says something. */
const fieldText = (events: readonly Hit[], field: string): string => {
  const values = new Set(events.flatMap((event) => valuesAt(event._source, field).filter(Boolean)).map(String));
  return values.size === 0 ? "" : ` (${field}=${[...values].join(", ")})`;
};
