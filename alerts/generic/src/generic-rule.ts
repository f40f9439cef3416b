import {
  aggregation,
  AlertTask,
  distinct,
  valuesAt,
  type AggregatedEvents,
  type AggregationSearch,
  type AlertAbout,
  type AlertDraft,
  type Hit,
} from "@mozdef/alert";
import { fieldNamed, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { ruleSchema, type Rule } from "./rule.ts";

/** One rule of a file, run under a name of its own. */
export class GenericRule extends AlertTask.withConfig(ruleSchema) {
  main() {
    return searchOf(this.config);
  }

  onAggregation(group: AggregatedEvents) {
    return draftOf(this.config, group);
  }
}

/** @param name - Default: that of the task. */
export const searchOf = (rule: Rule, name?: string): AggregationSearch => {
  const query = SearchQuery({ minutes: rule.time_window }).must(
    QueryStringMatch(rule.search_string),
    ...rule.filters.map(([field, value]) => TermMatch(fieldNamed(field), value)),
  );
  return aggregation(query, {
    field: fieldNamed(rule.aggregation_key),
    samplesLimit: rule.num_samples,
    threshold: rule.num_aggregations,
    ...(name !== undefined && { name, data: rule }),
  });
};

export const draftOf = (rule: Rule, { value, count, events }: AggregatedEvents): AlertDraft => {
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
};

/** ` (field=a, b)`, nothing when no sample has a value that says something. */
const fieldText = (events: readonly Hit[], field: string): string => {
  const values = new Set(events.flatMap((event) => valuesAt(event._source, field).filter(Boolean)).map(String));
  return values.size === 0 ? "" : ` (${field}=${[...values].join(", ")})`;
};

/** What the file of a rule says about it. */
export const aboutRule = ({ alert_summary, alert_severity, alert_url }: Rule): AlertAbout => ({
  description: alert_summary,
  severity: alert_severity,
  ...(alert_url !== "" && { references: [alert_url] }),
});
