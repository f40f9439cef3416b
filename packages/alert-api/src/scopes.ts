/**
 * What a request may be for, each beyond the one before it. `intake` stands aside: whoever sends events reads nothing. People have none of
 * the first two: they are for programs.
 */
export const SCOPES = ["intake", "metrics", "read", "handle", "operate", "admin"] as const;

/**
 * What a token is made for, and what a route needs.
 *
 * - `intake`: sends events
 * - `metrics`: reads how the service is, and no event or alert
 * - `read`: reads alerts, schedules, runs as well
 * - `handle`: says what became of alerts
 * - `operate`: changes what runs and what is sent: schedules, silences, the watchlist, backfills, deliveries
 * - `admin`: everything, tokens, users and the audit log included
 */
export type Scope = (typeof SCOPES)[number];

/** What people may be. */
export const ROLES = ["viewer", "analyst", "operator", "admin"] as const;

/** What a person is to the service. */
export type Role = (typeof ROLES)[number];

/** The scope that goes with each role. */
export const SCOPE_OF_ROLE: Readonly<Record<Role, Scope>> = {
  viewer: "read",
  analyst: "handle",
  operator: "operate",
  admin: "admin",
};

const GRANTED: Readonly<Record<Scope, readonly Scope[]>> = {
  intake: ["intake"],
  metrics: ["metrics"],
  read: ["metrics", "read"],
  handle: ["metrics", "read", "handle"],
  operate: ["metrics", "read", "handle", "operate"],
  admin: SCOPES,
};

/** Whether somebody who has a scope may use a route that needs another one. */
export const isGranted = (held: Scope, needed: Scope): boolean => GRANTED[held].includes(needed);
