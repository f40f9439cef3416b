import type { AlertAction } from "@mozdef/alert/runtime";

/** Actions by the names that the configuration gives them: the targets of alerts. */
export type Actions = Readonly<Record<string, AlertAction>>;
