import { describe, expect, it } from "vitest";
import { readEvent, readEvents } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const audit = {
  kind: "Event",
  apiVersion: "audit.k8s.io/v1",
  verb: "delete",
  user: { username: "erin", groups: ["ops"] },
  sourceIPs: ["203.0.113.81", "192.0.2.10"],
  userAgent: "Own/4",
  objectRef: { resource: "pods", subresource: "exec", namespace: "shop", name: "web-1" },
  responseStatus: { code: 404 },
  requestObject: { any: { thing: 1 } },
  requestReceivedTimestamp: "2026-05-04T10:00:00.100000Z",
  stageTimestamp: "2026-05-04T10:00:09.100000Z",
};

describe("kubernetes-audit", () => {
  it("reads an event", () => {
    const { event, parsers } = readEvent(audit, options);
    expect(parsers).toEqual(["kubernetes-audit"]);
    expect(event).toMatchObject({
      category: "kubernetes",
      summary: "delete pods/exec shop/web-1 by erin (404)",
      utctimestamp: "2026-05-04T10:00:00.100000Z",
      details: {
        verb: "delete",
        username: "erin",
        sourceipaddress: "203.0.113.81",
        useragent: "Own/4",
        success: false,
        status_code: "404",
        requestObject: '{"any":{"thing":1}}',
      },
    });
  });

  it("reads what is about no resource, and has no answer yet", () => {
    const { event } = readEvent(
      { ...audit, objectRef: undefined, responseStatus: undefined, requestURI: "/healthz" },
      options,
    );
    expect(event.summary).toBe("delete /healthz by erin");
    expect(event.details.success).toBeUndefined();
  });

  it("reads lists, as a webhook gets them", () => {
    const list = { kind: "EventList", apiVersion: "audit.k8s.io/v1", items: [audit, { ...audit, verb: "get" }, 7] };
    const events = readEvents(list, options);
    expect(events.map(({ event: { details } }) => details.verb ?? details.record)).toEqual(["delete", "get", 7]);
  });

  it("leaves other objects of Kubernetes alone", () => {
    expect(readEvent({ kind: "Event", apiVersion: "v1" }, options).parsers).not.toContain("kubernetes-audit");
  });
});
