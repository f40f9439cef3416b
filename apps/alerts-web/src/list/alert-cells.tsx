import type { AlertFields } from "@mozdef/alert-api";
import type { ReactNode } from "react";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { shortened } from "../shared/shortened.ts";
import { statusLabel } from "../shared/status.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import type { ColumnName } from "./columns.ts";

/** The summary of an alert, or that it has none. */
export const summaryOf = ({ summary }: AlertFields): string => toText(summary) || "(no summary)";

/** What each column shows of an alert. */
export const cells: Readonly<Record<ColumnName, (alert: AlertFields) => ReactNode>> = {
  time: ({ utctimestamp }) => <Timestamp value={utctimestamp} />,
  severity: ({ severity }) => <SeverityBadge severity={severity} />,
  status: ({ status }) => statusLabel(status),
  category: ({ category }) => toText(category),
  name: ({ classname }) => shortened(toText(classname)),
  assignee: ({ assignee }) => shortened(toText(assignee)),
  tags: ({ tags }) => shortened(toText(tags)),
  summary: (alert) => shortened(summaryOf(alert)),
};
