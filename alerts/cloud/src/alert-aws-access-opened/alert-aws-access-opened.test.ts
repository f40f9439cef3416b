import { describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsAccessOpened } from "./alert-aws-access-opened.ts";

const INGRESS = "AuthorizeSecurityGroupIngress";
const rule = (fromPort: number, toPort: number, network: object, ipProtocol = "tcp") => ({
  fromPort,
  toPort,
  ipProtocol,
  ...network,
});
const ALL = { ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } };
const ALL6 = { ipv6Ranges: { items: [{ cidrIpv6: "::/0" }] } };
const SOME = { ipRanges: { items: [{ cidrIp: "192.0.2.0/24" }] } };
const ingress = (...items: readonly object[]) =>
  called(INGRESS, { groupid: "sg-1", ippermissions: JSON.stringify({ items }) });
const USUAL = {
  headline: "AWS access opened",
  event: ingress(rule(22, 22, ALL)),
  text: `port 22 open to the internet (${INGRESS} of sg-1)`,
  refused: `refused: ${INGRESS} of sg-1`,
};
const summaryOf = summaryFor(USUAL.headline);

describeAlert(AlertAwsAccessOpened, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "access_opened"] },
  fires: [
    ...usualFires(USUAL),
    {
      name: "a single rule, in the shape of MozDef's worker",
      events: [
        calledByWorker(INGRESS, {
          cidrip: "0.0.0.0/0",
          fromport: 3389,
          toport: 3389,
          groupid: "sg-1",
          ippermissions: {},
          ipprotocol: "tcp",
        }),
      ],
      alert: {
        summary: summaryOf(`port 3389 open to the internet (${INGRESS} of sg-1)`),
        severity: "WARNING",
        notify_mozdefbot: true,
      },
    },
    {
      name: "a range over IPv6, and a second rule",
      events: [ingress(rule(20, 23, ALL6), rule(443, 443, ALL), rule(6379, 6379, ALL))],
      alert: { summary: summaryOf(`ports 22, 23, 6379 open to the internet (${INGRESS} of sg-1)`) },
    },
    {
      name: "every port",
      config: { ports: [1] },
      events: [called(INGRESS, { groupname: "old", cidrip: "0.0.0.0/0", ipprotocol: "-1" })],
      alert: { summary: summaryOf(`port 1 open to the internet (${INGRESS} of old)`) },
    },
    {
      name: "the serial console",
      events: [called("EnableSerialConsoleAccess")],
      alert: { summary: summaryOf("serial console of all instances (EnableSerialConsoleAccess)"), severity: "WARNING" },
    },
    ...["CreateDBInstance", "ModifyDBInstance"].map((name) => ({
      name: `${name}, public`,
      events: [called(name, { dbinstanceidentifier: "db", publiclyaccessible: true })],
      alert: { summary: summaryOf(`database public (${name} of db)`), severity: "WARNING" },
    })),
  ],
  silent: [
    ...usualSilent(USUAL),
    { name: "a call that only looks", events: [called("DescribeDBInstances", { publiclyaccessible: true })] },
    { name: "a port for everybody", events: [ingress(rule(443, 443, ALL))] },
    { name: "a port beside the range", events: [ingress(rule(24, 100, ALL), rule(0, 21, ALL))] },
    { name: "a network", events: [ingress(rule(22, 22, SOME))] },
    {
      name: "port 22 for a network beside port 443 for all",
      events: [ingress(rule(22, 22, SOME), rule(443, 443, ALL))],
    },
    { name: "ports of one's own", config: { ports: [8080] }, events: [USUAL.event] },
    { name: "no rule", events: [called(INGRESS, { groupid: "sg-1" })] },
    { name: "a database in a network", events: [called("CreateDBInstance", { publiclyaccessible: false })] },
  ],
});

test("AlertAwsAccessOpened takes its ports as one text with commas", () => {
  expect(createTask(AlertAwsAccessOpened, { ports: "22, 8080" }).config).toMatchObject({ ports: [22, 8080] });
});
