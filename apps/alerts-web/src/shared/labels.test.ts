import { describe, expect, it } from "vitest";
import { severityTone } from "./severity.ts";
import { ackTitle, isAcknowledged, statusLabel } from "./status.ts";

describe("severityTone", () => {
  it.each([
    ["CRITICAL", "critical"],
    ["warning", "warning"],
    ["DEBUG", "other"],
    ["__proto__", "other"],
    ["", "other"],
  ])("%s is %s", (severity, tone) => expect(severityTone(severity)).toBe(tone));
});

describe("statusLabel", () => {
  it.each([
    ["manual", "Manual"],
    ["inProgress", "In progress"],
    [undefined, "Manual"],
    ["somethingElse", "somethingElse"],
  ])("%s is %s", (status, label) => expect(statusLabel(status)).toBe(label));
});

describe("acknowledgement", () => {
  it("is there once the alert has its date", () => {
    expect(isAcknowledged({ acknowledged: "2026-01-01T00:00:00+00:00" })).toBe(true);
    expect(isAcknowledged({ status: "acknowledged" })).toBe(false);
    expect(isAcknowledged({ acknowledged: null })).toBe(false);
  });

  it("names who", () => {
    expect(ackTitle({ acknowledgedby: "ann@example.com" })).toBe("Ack by: ann@example.com");
    expect(ackTitle({})).toBe("Ack by: unknown");
  });
});
