import { z } from "zod";
import type { AlertAbout } from "../task/about.ts";
import type { AlertTaskClass } from "../task/alert-task.ts";

const text = z.string().trim().min(1);
const texts = z.array(text);
const textOrTexts = z.union([text, texts], "expected a text or a list of texts");

/** Keys that a later version of the contract may have are left out. */
const schema = z.object({
  description: text,
  severity: textOrTexts.optional(),
  attack: texts.optional(),
  falsePositives: texts.optional(),
  triage: textOrTexts.optional(),
  references: texts.optional(),
  replaces: texts.optional(),
});

/** What is wrong with the form of an `about`, key by key; null when nothing is. */
export const aboutProblem = (about: unknown): string | null => {
  const { error } = schema.safeParse(about);
  if (error === undefined) return null;
  return error.issues.map(({ path, message }) => `${["about", ...path].map(String).join(".")}: ${message}`).join("; ");
};

/** What an alert or a rule says about itself: its entry first, then its class; null when neither does. */
export const aboutOf = (entry: { readonly task: AlertTaskClass; readonly about?: AlertAbout }): AlertAbout | null =>
  entry.about ?? entry.task.about ?? null;
