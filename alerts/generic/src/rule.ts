import { severityName, webUrl } from "@mozdef/alert";
import { fieldNamed } from "@mozdef/query";
import { z } from "zod";

const isField = (name: string): boolean => {
  try {
    fieldNamed(name);
    return true;
  } catch {
    return false;
  }
};

const field = z.string().refine(isField, "Expected the name of one field, such as details.username");
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A rule file, with the keys of MozDef's generic alerts. */
export const ruleSchema = z.strictObject({
  /** Lucene query string; operators only in upper case. */
  search_string: z.string().trim().min(1),
  /** `[field, value]`, all of which have to match. */
  filters: z.array(z.tuple([field, scalar])),
  /** The field whose values make the groups. */
  aggregation_key: field,
  /** Look-back in minutes. */
  time_window: z.int().min(1),
  /** Events that the alert carries. */
  num_samples: z.int().min(1),
  /** Events of a group that make an alert. */
  num_aggregations: z.int().min(1),
  alert_category: z.string().min(1),
  alert_tags: z.array(z.string()),
  alert_severity: severityName,
  alert_summary: z.string().min(1),
  alert_url: webUrl,
  channel: z.string().optional(),
  notify_mozdefbot: z.boolean().optional(),
  /** Fields whose values are shown in the summary. */
  additional_summary_fields: z.array(field).default([]),
});

/** A rule that can be run. */
export type Rule = z.output<typeof ruleSchema>;
