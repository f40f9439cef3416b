import { describe, expect, it } from "vitest";
import { readEvent, readEvents } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const probe = (ipAddressV4: string, port: number) => ({
  localPortDetails: { port, portName: "X" },
  remoteIpDetails: { ipAddressV4 },
});
const instance = {
  resourceType: "Instance",
  instanceDetails: {
    instanceId: "i-77",
    tags: [{ key: "Team", value: "Shop" }],
    networkInterfaces: [{ privateDnsName: "in.example", privateIpAddress: "192.0.2.77", publicIp: "198.51.100.177" }],
  },
};
const finding = (action: object, resource: object = instance) => ({
  schemaVersion: "2.0",
  accountId: "444455556666",
  region: "us-west-2",
  id: "f77",
  type: "Own:EC2/Kind",
  resource,
  service: { serviceName: "guardduty", action, resourceRole: "TARGET", eventFirstSeen: "2026-05-04T09:00:00Z" },
  severity: 2,
  updatedAt: "2026-05-04T10:00:00Z",
  title: "Something was found.",
});
const probes = (...portProbeDetails: readonly object[]) =>
  finding({ actionType: "PORT_PROBE", portProbeAction: { blocked: true, portProbeDetails } });
const bridge = (detail: object) => ({ "detail-type": "GuardDuty Finding", time: "2026-05-04T10:05:00Z", detail });
const connection = (connectionDirection: string, more: object = {}) =>
  finding({
    actionType: "NETWORK_CONNECTION",
    networkConnectionAction: {
      connectionDirection,
      protocol: "TCP",
      localPortDetails: { port: 22 },
      remotePortDetails: { port: 40_123 },
      remoteIpDetails: { ipAddressV4: "203.0.113.88" },
      ...more,
    },
  });

describe("guardduty", () => {
  it("makes an event of each probe, with the finding as AWS has it", () => {
    const events = readEvents(bridge(probes(probe("203.0.113.8", 5_432), probe("203.0.113.9", 22))), options);
    expect(events.map(({ event }) => event.details.sourceipaddress)).toEqual(["203.0.113.8", "203.0.113.9"]);
    expect(events[0]?.parsers).toEqual(["guardduty"]);
    expect(events[0]?.event).toMatchObject({
      source: "guardduty",
      category: "guardduty",
      tags: ["aws", "guardduty"],
      summary: "Something was found.",
      hostname: "in.example",
      utctimestamp: "2026-05-04T10:05:00Z",
    });
    expect(events[0]?.event.severity).toBeUndefined();
    expect(events[0]?.event.details).toMatchObject({
      destinationipaddress: "198.51.100.177",
      destinationport: 5_432,
      direction: "INBOUND",
      findingid: "f77",
      findingtype: "Own:EC2/Kind",
      type: "port_probe",
      resourcerole: "target",
      awsaccountid: "444455556666",
      awsregion: "us-west-2",
      instanceid: "i-77",
      awstags: ["team", "shop"],
      gdeventfirstseents: "2026-05-04T09:00:00Z",
    });
  });

  it("has the action where both alerts look for it, with the one probe of the event", () => {
    const event = readEvents(probes(probe("203.0.113.8", 5_432), probe("203.0.113.9", 22)), options)[1]?.event;
    const action = {
      actionType: "PORT_PROBE",
      portProbeAction: { blocked: true, portProbeDetails: [probe("203.0.113.9", 22)] },
    };
    expect(event?.details.finding).toMatchObject({
      action,
      service: { action },
      accountId: "444455556666",
      resource: instance,
    });
    expect(event?.utctimestamp).toBe("2026-05-04T10:00:00Z");
  });

  it("turns the ends round when the instance connects to others", () => {
    const local = { sourceipaddress: "192.0.2.77", sourceport: 22 };
    const remote = { destinationipaddress: "203.0.113.88", destinationport: 40_123 };
    const outbound = readEvent(connection("OUTBOUND"), options).event.details;
    expect(outbound).toMatchObject({ ...local, ...remote, direction: "OUTBOUND", proto: "TCP" });
    const inbound = readEvent(connection("INBOUND", { localIpDetails: { ipAddressV4: "192.0.2.78" } }), options).event
      .details;
    expect(inbound).toMatchObject({
      sourceipaddress: "203.0.113.88",
      destinationipaddress: "192.0.2.78",
      destinationport: 22,
    });
  });

  it("reads calls, queries and probes that are not listed", () => {
    const key = { resourceType: "AccessKey", accessKeyDetails: { userName: "erin", userType: "Root" } };
    const remote = { remoteIpDetails: { ipAddressV6: "2001:db8:9::1" } };
    const api = finding({ actionType: "AWS_API_CALL", awsApiCallAction: { api: "RunInstances", ...remote } }, key);
    const details = { apiname: "RunInstances", username: "erin", usertype: "Root", sourceipaddress: "2001:db8:9::1" };
    expect(readEvent(api, options).event).toMatchObject({ details });
    expect(readEvent(api, options).event.details.destinationipaddress).toBeUndefined();
    const dns = finding({ actionType: "DNS_REQUEST", dnsRequestAction: { domain: "c2.example" } });
    expect(readEvent(dns, options).event.details).toMatchObject({ query: "c2.example" });
    expect(readEvents(probes(), options)).toHaveLength(1);
  });

  it("leaves findings of others alone", () => {
    for (const other of [{ detail: { type: "x" } }, { type: "x", service: { serviceName: "other", action: {} } }])
      expect(readEvent(other, options).parsers).not.toContain("guardduty");
  });
});
