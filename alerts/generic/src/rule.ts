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

/** A rule file, with the keys of MozDef's generic alerts. `rule.schema.json` is made of it, for editors. */
export const ruleSchema = z.strictObject({
  $schema: z.string().optional().describe("For editors: where this schema is"),
  search_string: z.string().trim().min(1).describe("Lucene query string; operators only in upper case"),
  filters: z.array(z.tuple([field, scalar])).describe("[field, value], all of which have to match; [] for none"),
  aggregation_key: field.describe("The field whose values make the groups, such as details.username"),
  time_window: z.int().min(1).describe("Look-back in minutes"),
  num_samples: z.int().min(1).describe("Events that the alert carries"),
  num_aggregations: z.int().min(1).describe("Events of a group that make an alert"),
  alert_category: z.string().min(1).describe("Category of the alert"),
  alert_tags: z.array(z.string()).describe("Tags of the alert"),
  alert_severity: severityName.describe("Severity of the alert"),
  alert_summary: z.string().min(1).describe("Start of the summary"),
  alert_url: webUrl.meta({
    description: "Where to read on: an http or https address, or empty",
    pattern: "^$|^[Hh][Tt][Tt][Pp][Ss]?:",
  }),
  channel: z.string().optional().describe("Chat channel"),
  notify_mozdefbot: z.boolean().optional().describe("Overrules whether the chat bot is told, which goes by severity"),
  additional_summary_fields: z.array(field).default([]).describe("Fields whose values are shown in the summary"),
});

/** A rule that can be run. */
export type Rule = z.output<typeof ruleSchema>;
