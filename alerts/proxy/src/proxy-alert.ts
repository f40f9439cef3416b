import { byCodePoint, distinct, type AlertDraft, type Hit } from "@mozdef/alert";

/** What all alerts of this pack have in common. */
export const proxyAlert = (summary: string, events: readonly Hit[]): AlertDraft => ({
  summary,
  category: "squid",
  tags: ["squid", "proxy"],
  severity: "WARNING",
  events,
});

/** Distinct values of a field over events, sorted, with commas between them. */
export const listOf = (events: readonly Hit[], path: string): string =>
  [...distinct(events, path)].sort(byCodePoint).join(",");
