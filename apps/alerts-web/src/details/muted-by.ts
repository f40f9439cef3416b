import { detailsAddress } from "../routing/route.ts";
import { toText } from "../shared/to-text.ts";

/** Why nobody was sent an alert, and where that can be looked at. */
export interface Muting {
  readonly text: string;
  /** An address of the pages; undefined where there is none, as for a window, which is in the configuration. */
  readonly href: string | undefined;
}

/** What muted an alert when it was made, whatever the document has there. */
export const mutingsOf = (mutedby: unknown): readonly Muting[] =>
  (Array.isArray(mutedby) ? (mutedby as readonly unknown[]) : []).flatMap((entry) => {
    if (typeof entry !== "object" || entry === null) return [];
    const fields = new Map(Object.entries(entry));
    return [mutingOf(fields.get("kind"), fields.get("id"), toText(fields.get("reason")))];
  });

const mutingOf = (kind: unknown, id: unknown, reason: string): Muting => {
  const because = reason === "" ? "" : `: ${reason}`;
  if (kind === "window") return { text: `the maintenance window ${toText(id)}`, href: undefined };
  if (kind === "silence") return { text: `a silence${because}`, href: "/silences" };
  if (kind === "inhibition" && typeof id === "string")
    return { text: `another alert that speaks for it${because}`, href: detailsAddress(id) };
  return { text: `${toText(kind)}${because}`, href: undefined };
};
