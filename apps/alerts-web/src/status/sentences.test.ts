import { describe, expect, it } from "vitest";
import { intakeOf, overallOf, slotsOf, storeOf, targetOf } from "./sentences.ts";

const problem = { code: "STORE_AWAY", message: "away" };
const store = {
  kind: "cluster",
  ok: true,
  error: null,
  product: "elasticsearch",
  version: "9.5.0",
  events: null,
} as const;
const slots = { ran: 1_234, failed: 0, late: 0, lagMs: 0, behind: 0 };
const intake = {
  ...{ saved: 1, keptInPart: 0, refusedEvents: [], refusedRequests: [] },
  ...{ bytesInFlight: 0, bytesInFlightLimit: 1 },
};
const refusals = (total: number) => [{ code: "EVENT_INVALID", total, last: "", example: "" }];
const target = {
  ...{ target: "soc", configured: true, pending: 0, done: 0, dead: 0, muted: 0, failures: 0, error: null },
};

describe("the status in sentences", () => {
  it.each([
    [{ status: "ok", problems: [] } as const, "Everything works."],
    [{ status: "degraded", problems: [problem] } as const, "The service works: 1 thing needs attention."],
    [{ status: "error", problems: [problem, problem] } as const, "The service does not work: 2 things need attention."],
  ])("says how the service is: %j", (status, text) => expect(overallOf(status)).toBe(text));

  it.each([
    [store, "Elasticsearch 9.5.0 answers."],
    [{ ...store, product: "opensearch", version: null }, "OpenSearch answers."],
    [{ ...store, product: null, version: null }, "A cluster answers."],
    [{ ...store, ok: false, error: "refused" }, "Elasticsearch 9.5.0 does not work: refused"],
    [{ ...store, kind: "embedded" as const, product: null }, "The embedded store answers."],
  ])("says what the store is: %j", (of, text) => expect(storeOf(of)).toBe(text));

  it.each([
    [slots, ["1,234 runs since the start, none of which failed.", "No alert is late."]],
    [
      { ran: 2, failed: 1, late: 1, lagMs: 12_000, behind: 2 },
      [
        "2 runs since the start, 1 of which failed.",
        "1 alert is late, the one that waits longest by 12 s.",
        "2 alerts catch up on slots that were missed.",
      ],
    ],
  ])("says what has run: %j", (of, lines) => expect(slotsOf(of)).toEqual(lines));

  it.each([
    [intake, "1 event saved since the start"],
    [
      { ...intake, saved: 20, keptInPart: 3, refusedEvents: refusals(2), refusedRequests: refusals(1) },
      "20 events saved since the start, 3 of them in part, 2 events refused, 1 request refused",
    ],
  ])("says what came in: %j", (of, text) => expect(intakeOf(of)).toBe(text));

  it.each([
    [target, "Takes alerts"],
    [{ ...target, failures: 2, error: "503" }, "Failed 2 times in a row: 503"],
    [{ ...target, configured: false }, "Not in the configuration"],
  ])("says how a target is: %j", (of, text) => expect(targetOf(of)).toBe(text));
});
