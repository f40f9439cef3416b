import type { AlertStatus, CloseReason } from "@mozdef/alert/runtime";
import { expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import { contract, PAGE_PATHS, routeNames, routeOf, topicOf, topics } from "./contract.ts";
import { COMMON_ERRORS, HTTP_ERROR_STATUS } from "./errors.ts";
import type { ALERT_STATUSES, CLOSE_REASONS } from "./routes/alerts.ts";
import { endpointsOf, isChange, parameterNames } from "./route.ts";
import { isGranted, type Scope, SCOPES } from "./scopes.ts";

const routes = routeNames.map(routeOf);

it("names each method and path once, and no page", () => {
  const endpoints = routes.flatMap(endpointsOf);
  expect(new Set(endpoints).size).toBe(endpoints.length);
  expect(endpoints.filter((endpoint) => PAGE_PATHS.some((path) => endpoint === `GET ${path}`))).toEqual([]);
});

it("says of each route what it is about", () => {
  expect(new Set(routeNames.map(topicOf))).toEqual(new Set(topics));
});

it("has the statuses that alerts have", () => {
  expectTypeOf<(typeof ALERT_STATUSES)[number]>().toEqualTypeOf<AlertStatus>();
  expectTypeOf<(typeof CLOSE_REASONS)[number]>().toEqualTypeOf<Exclude<CloseReason, "resolved">>();
});

it("reads the parameters of a path", () => {
  expect(parameterNames("/api/{one}/of/{two}")).toEqual(["one", "two"]);
  expect(parameterNames("/api")).toEqual([]);
});

it("gives codes of its own the status they have", () => {
  for (const errors of [COMMON_ERRORS, ...routes.map((route) => route.errors ?? {})])
    for (const [status, codes] of Object.entries(errors))
      for (const code of codes)
        if (Object.hasOwn(HTTP_ERROR_STATUS, code) && code !== "EVENTS_REFUSED")
          expect([code, HTTP_ERROR_STATUS[code as keyof typeof HTTP_ERROR_STATUS]]).toEqual([code, Number(status)]);
});

const {
  listAlerts,
  acknowledgeAlert,
  setAlertStatus,
  closeAlert,
  assignAlert,
  commentOnAlert,
  linkAlert,
  changeSchedule,
  addToWatchlist,
  addLegacyWatchItem,
} = contract;

const firstPage = { from: 0, size: 25, order: "newest" };

it.each<[what: string, schema: z.ZodType, given: unknown, read: unknown]>([
  ["no query", listAlerts.query, {}, { ...firstPage }],
  ["a query", listAlerts.query, { size: "5", severity: "ERROR" }, { ...firstPage, size: 5, severity: ["ERROR"] }],
  ["a time", listAlerts.query, { since: "2026-01-31" }, { ...firstPage, since: new Date("2026-01-31") }],
  ["no body", acknowledgeAlert.body, undefined, { by: "anonymous", undo: false }],
  ["a status", setAlertStatus.body, { status: "escalated", by: " ann " }, { status: "escalated", by: "ann" }],
  [
    "only what nobody has acknowledged",
    listAlerts.query,
    { acknowledged: "false" },
    { ...firstPage, acknowledged: false },
  ],
  ["only open alerts", listAlerts.query, { open: "true" }, { ...firstPage, open: true }],
  ["a reason", closeAlert.body, { reason: "benign", by: "ann" }, { reason: "benign", by: "ann" }],
  ["nobody", assignAlert.body, { assignee: null }, { assignee: null, by: "anonymous" }],
  ["a comment", commentOnAlert.body, { text: " a\nb ", by: "ann" }, { text: "a\nb", by: "ann" }],
  ["a schedule", changeSchedule.body, { schedule: null }, { schedule: null, by: "anonymous" }],
  [
    "a term",
    addToWatchlist.body,
    { content: " evil ", duration: "1d" },
    { content: "evil", duration: 86_400_000, comment: "", reference: "", by: "anonymous" },
  ],
  [
    "a form of MozDef's",
    addLegacyWatchItem.body,
    [{ watchcontent: "evil" }, { userid: "ben" }, { WatchList: true }],
    { content: "evil", duration: 3_600_000, comment: "", reference: "", by: "ben" },
  ],
])("reads %s", (_what, schema, given, read) => {
  expect(schema.parse(given)).toEqual(read);
});

it.each<[schema: z.ZodType, given: unknown, message: string]>([
  [listAlerts.query, { size: "501" }, "expected a whole number from 0 to 500"],
  [listAlerts.query, { from: "9990" }, "from + size can be 10000 at most; go on by `after`"],
  [listAlerts.query, { since: "yesterday" }, "expected a time in ISO 8601"],
  [listAlerts.query, { severty: "INFO" }, "severty"],
  [listAlerts.query, { text: "0".repeat(1_000) }, "expected at most 256 characters"],
  [listAlerts.query, { open: "yes" }, 'expected "true" or "false"'],
  [closeAlert.body, { reason: "resolved" }, "expected one of"],
  [closeAlert.body, {}, "expected one of"],
  [assignAlert.body, { assignee: " " }, "expected a name, or null"],
  [assignAlert.body, {}, "expected string"],
  [commentOnAlert.body, { text: " " }, "expected a text"],
  [commentOnAlert.body, { text: "x".repeat(10_001) }, "expected at most 10,000 characters"],
  [linkAlert.body, { url: "javascript:alert(1)", title: "x" }, "expected an http or https address"],
  [linkAlert.body, { url: "https:nowhere", title: "x" }, "expected an http or https address"],
  [changeSchedule.body, {}, 'expected "enabled", "schedule" or "release"'],
  [changeSchedule.body, { schedule: "* * * * *" }, 'expected { "crontab"'],
  [addToWatchlist.body, { content: "x" }, "expected at least 2 characters"],
  [addLegacyWatchItem.body, [{ watchcontent: "evil" }], "expected true"],
])("refuses what does not fit: %#", (schema, given, message) => {
  expect(schema.safeParse(given).error?.issues[0]?.message).toContain(message);
});

it("knows what is a change", () => {
  const changes = routeNames.filter((name) => isChange(routeOf(name)));
  expect(changes).toEqual(expect.arrayContaining(["closeAlert", "changeSchedule", "createToken", "makeBackup"]));
  for (const name of ["takeEvents", "listAlerts", "previewSilence", "searchStore"]) expect(changes).not.toContain(name);
});

it.each<[held: Scope, needed: readonly Scope[]]>([
  ["intake", ["intake"]],
  ["metrics", ["metrics"]],
  ["read", ["metrics", "read"]],
  ["handle", ["metrics", "read", "handle"]],
  ["operate", ["metrics", "read", "handle", "operate"]],
  ["admin", ["intake", "metrics", "read", "handle", "operate", "admin"]],
])("%s may %s", (held, needed) => {
  expect(SCOPES.filter((scope) => isGranted(held, scope))).toEqual(needed);
});
