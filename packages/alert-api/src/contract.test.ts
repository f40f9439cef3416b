import type { AlertStatus } from "@mozdef/alert/runtime";
import { expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import { contract, PAGE_PATHS, routeNames, routeOf } from "./contract.ts";
import { COMMON_ERRORS, HTTP_ERROR_STATUS } from "./errors.ts";
import type { ALERT_STATUSES } from "./routes/alerts.ts";
import { endpointsOf, parameterNames } from "./route.ts";

const routes = routeNames.map(routeOf);

it("names each method and path once, and no page", () => {
  const endpoints = routes.flatMap(endpointsOf);
  expect(new Set(endpoints).size).toBe(endpoints.length);
  expect(endpoints.filter((endpoint) => PAGE_PATHS.some((path) => endpoint === `GET ${path}`))).toEqual([]);
});

it("has the statuses that alerts have", () => {
  expectTypeOf<(typeof ALERT_STATUSES)[number]>().toEqualTypeOf<AlertStatus>();
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

const { listAlerts, acknowledgeAlert, setAlertStatus, changeSchedule, addToWatchlist, addLegacyWatchItem } = contract;

it.each<[what: string, schema: z.ZodType, given: unknown, read: unknown]>([
  ["no query", listAlerts.query, {}, { from: 0, size: 25 }],
  ["a query", listAlerts.query, { size: "5", severity: "ERROR" }, { from: 0, size: 5, severity: ["ERROR"] }],
  ["a time", listAlerts.query, { since: "2026-01-31" }, { from: 0, size: 25, since: new Date("2026-01-31") }],
  ["no body", acknowledgeAlert.body, undefined, { by: "anonymous", undo: false }],
  ["a status", setAlertStatus.body, { status: "escalated", by: " ann " }, { status: "escalated", by: "ann" }],
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
  [listAlerts.query, { from: "9990" }, "from + size can be 10000 at most"],
  [listAlerts.query, { since: "yesterday" }, "expected a time in ISO 8601"],
  [listAlerts.query, { severty: "INFO" }, "severty"],
  [listAlerts.query, { text: "0".repeat(1_000) }, "expected at most 256 characters"],
  [changeSchedule.body, {}, 'expected "enabled", "schedule" or "release"'],
  [changeSchedule.body, { schedule: "* * * * *" }, 'expected { "crontab"'],
  [addToWatchlist.body, { content: "x" }, "expected at least 2 characters"],
  [addLegacyWatchItem.body, [{ watchcontent: "evil" }], "expected true"],
])("refuses what does not fit: %#", (schema, given, message) => {
  expect(schema.safeParse(given).error?.issues[0]?.message).toContain(message);
});
