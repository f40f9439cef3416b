import type { AlertListItem } from "@mozdef/alert-api";

/** The names of the rules that have made alerts, each once. Alerts of other systems may have none. */
export const rulesOf = (alerts: readonly Pick<AlertListItem, "_source">[]): readonly string[] => [
  ...new Set(
    alerts.flatMap(({ _source: { classname } }) =>
      typeof classname === "string" && classname !== "" ? [classname] : [],
    ),
  ),
];
