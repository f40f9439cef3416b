import type { z } from "zod";
import type { PathParameters, Route } from "./route.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { analysisRoutes } from "./routes/analysis.ts";
import { auditRoutes } from "./routes/audit.ts";
import { backfillRoutes } from "./routes/backfills.ts";
import { backupRoutes } from "./routes/backups.ts";
import { deliveryRoutes } from "./routes/deliveries.ts";
import { eventRoutes } from "./routes/events.ts";
import { exceptionRoutes } from "./routes/exceptions.ts";
import { intakeRoutes } from "./routes/intake.ts";
import { linkRoutes } from "./routes/links.ts";
import { scheduleRoutes } from "./routes/schedules.ts";
import { serviceRoutes } from "./routes/service.ts";
import { intakeViewRoutes, shipperRoutes } from "./routes/shippers.ts";
import { sessionRoutes } from "./routes/session.ts";
import { silenceRoutes } from "./routes/silences.ts";
import { storeRoutes } from "./routes/store.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { watchlistRoutes } from "./routes/watchlist.ts";

const routes = {
  ...intakeRoutes,
  ...shipperRoutes,
  ...intakeViewRoutes,
  ...alertRoutes,
  ...linkRoutes,
  ...eventRoutes,
  ...scheduleRoutes,
  ...analysisRoutes,
  ...exceptionRoutes,
  ...backfillRoutes,
  ...deliveryRoutes,
  ...silenceRoutes,
  ...watchlistRoutes,
  ...backupRoutes,
  ...sessionRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  ...storeRoutes,
  ...serviceRoutes,
};

/** The tables of routes by what they are about, in the order in which people read of them. */
const TOPICS: Readonly<Record<string, readonly object[]>> = {
  Alerts: [alertRoutes, linkRoutes],
  Schedules: [scheduleRoutes, analysisRoutes, exceptionRoutes, backfillRoutes],
  "Silences and deliveries": [silenceRoutes, deliveryRoutes],
  Watchlist: [watchlistRoutes],
  Events: [eventRoutes, intakeRoutes, intakeViewRoutes],
  "Log shippers": [shipperRoutes],
  Access: [sessionRoutes, tokenRoutes, auditRoutes],
  Service: [serviceRoutes, backupRoutes],
  Store: [storeRoutes],
};

/** The routes, each with the type of its own path, query, body and answers. */
export type Contract = typeof routes;

/** Every route of the service by name, but those of the pages. */
export const contract: Contract = routes;

/** The name of a route: `listAlerts`, `getAlert`, ... */
export type RouteName = keyof Contract;

/**
 * Where pages are served: GET only, HTML and what it needs. `*` stands for any rest of a path. `/alert/{id}` is the address
 * of an alert on MozDef's own pages, which old messages still link to.
 */
export const PAGE_PATHS = [
  "/alerts",
  "/alerts/*",
  "/alerts/assets/*",
  "/alerts/favicon.svg",
  "/manage-alerts",
  "/search",
  "/manage-alerts/{name}",
  "/silences",
  "/deliveries",
  "/intake",
  "/watchlist",
  "/system",
  "/audit-log",
  "/access",
  "/alert/{id}",
] as const;

/** What a client sends to a route. */
export interface RequestOf<Name extends RouteName> {
  readonly params: PathParameters<Contract[Name]["path"]>;
  readonly query: Contract[Name] extends { readonly query: infer Query extends z.ZodType } ? z.input<Query> : undefined;
  readonly body: Contract[Name] extends { readonly body: infer Body extends z.ZodType } ? z.input<Body> : undefined;
}

/** What a handler of a route works with: checked, with defaults filled in and texts turned into times. */
export interface InputOf<Name extends RouteName> {
  readonly params: PathParameters<Contract[Name]["path"]>;
  readonly query: Contract[Name] extends { readonly query: infer Query extends z.ZodType }
    ? z.output<Query>
    : undefined;
  readonly body: Contract[Name] extends { readonly body: infer Body extends z.ZodType } ? z.output<Body> : undefined;
}

/** The statuses that a route answers with, errors aside that have no more than code and message. */
export type StatusOf<Name extends RouteName> = keyof Contract[Name]["answers"] & number;

/** The body of an answer. */
export type AnswerOf<
  Name extends RouteName,
  Status extends StatusOf<Name>,
> = Contract[Name]["answers"][Status] extends z.ZodType ? z.output<Contract[Name]["answers"][Status]> : never;

/** The body of the answer 200 of a route; never when it has none, as a route that makes something. */
export type PlainAnswerOf<Name extends RouteName> = 200 extends StatusOf<Name> ? AnswerOf<Name, 200> : never;

/** Every name, in the order of the contract. */
export const routeNames = Object.keys(contract) as readonly RouteName[];

/** What a route is about: the heading under which people find it. */
export const topicOf = (name: RouteName): string =>
  Object.entries(TOPICS).find(([, tables]) => tables.some((table) => Object.hasOwn(table, name)))?.[0] ?? "Others";

/** Every topic, in the order of reading. */
export const topics: readonly string[] = Object.keys(TOPICS);

/** The route of a name, without the details of its own type. */
export const routeOf = (name: RouteName): Route => contract[name];
