import type { Scope } from "@mozdef/alert-api";

/** What people may be allowed: sending events and reading only figures is for programs. */
export type PeopleScope = Exclude<Scope, "intake" | "metrics">;

/** A page of the bar on top. */
export interface PageEntry {
  readonly address: string;
  readonly label: string;
  readonly title: string;
  /** Whether it is behind "More": pages for whoever runs the service. */
  readonly isMore?: boolean;
  /** What a reader needs for it to be offered. Default: `read`. */
  readonly scope?: PeopleScope;
}

/** Pages at one address each, in the order of the bar on top. Alert by alert has addresses of its own. */
export const PAGES = {
  list: { address: "/alerts", label: "Alerts", title: "Alerts" },
  search: { address: "/search", label: "Events", title: "Events" },
  silences: { address: "/silences", label: "Silences", title: "Silences" },
  deliveries: { address: "/deliveries", label: "Deliveries", title: "Deliveries" },
  schedules: { address: "/manage-alerts", label: "Manage", title: "Manage alerts" },
  intake: { address: "/intake", label: "Intake", title: "Intake", isMore: true },
  watchlist: { address: "/watchlist", label: "Watchlist", title: "Watchlist", isMore: true },
  status: { address: "/system", label: "Status", title: "Status", isMore: true },
  audit: { address: "/audit-log", label: "Audit log", title: "Audit log", isMore: true, scope: "admin" },
  access: { address: "/access", label: "Access", title: "Access", isMore: true, scope: "admin" },
} as const satisfies Readonly<Record<string, PageEntry>>;

/** A page of the bar on top. */
export type PageName = keyof typeof PAGES;

export const pageNames = Object.keys(PAGES) as readonly PageName[];

/** A page, without the details of its own type. */
export const pageOf = (name: PageName): PageEntry => PAGES[name];
