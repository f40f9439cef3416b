import { z } from "zod";

/** Longer texts are not host names; the bound keeps a careless expression of the configuration from costing time on hostile text. */
const LONGEST_SUBJECT = 255;

const isExpression = (text: string): boolean => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

/** A regular expression that has to match from the start of a name, not up to its end. */
export const pattern = z.string().min(1).refine(isExpression, "Expected a regular expression");

/** Whether an expression matches from the start of a text. */
export const startsWith = (text: string, expression: string): boolean =>
  text.length <= LONGEST_SUBJECT && new RegExp(`^(?:${expression})`).test(text);
