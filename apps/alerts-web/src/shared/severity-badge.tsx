import { severityTone } from "./severity.ts";
import { toText } from "./to-text.ts";

/** A severity on its colour. The word is always there: colour alone says nothing to many readers. */
export const SeverityBadge = ({ severity }: { readonly severity: unknown }) => {
  const text = toText(severity) || "NONE";
  return <span className={`severity severity--${severityTone(text)}`}>{text}</span>;
};
