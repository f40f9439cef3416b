import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertGuardDutyFindingProbe } from "./alert-guard-duty-finding-probe.ts";

const probe = (ipAddressV4: string, port: number, portName: string) => ({
  localPortDetails: { port, portName },
  remoteIpDetails: { ipAddressV4 },
});
const finding = (portProbeDetails: unknown, more: object = {}) => ({
  accountId: "123456789012",
  type: "Recon:EC2/PortProbeUnprotectedPort",
  resource: { instanceDetails: { instanceId: "i-99999999" } },
  service: { action: { actionType: "PORT_PROBE", portProbeAction: { blocked: false, portProbeDetails, ...more } } },
});
const ssh = finding([probe("192.0.2.7", 22, "SSH")]);
const summaryOf = (ports: string, sources: string): string =>
  `GuardDuty port probe of i-99999999 in account 123456789012: ports ${ports} from ${sources}`;
const summary = summaryOf("22 (SSH)", "192.0.2.7");

describeAlert(AlertGuardDutyFindingProbe, {
  event: { source: "guardduty", details: { sourceipaddress: null } },
  alert: { category: "recon", tags: ["guardduty", "portprobe"], severity: "NOTICE", notify_mozdefbot: false },
  fires: [
    {
      name: "a finding as EventBridge sends it",
      events: [{ source: "aws.guardduty", details: { detail: ssh } }],
      alert: { summary },
    },
    { name: "a finding below a key of its own", events: [{ details: { finding: ssh } }], alert: { summary } },
    { name: "a finding right below details", events: [{ details: ssh }], alert: { summary } },
    {
      name: "several ports and sources, each named once",
      events: [
        {
          details: finding([
            probe("192.0.2.7", 22, "SSH"),
            probe("192.0.2.8", 8081, "Unknown"),
            probe("192.0.2.7", 22, "SSH"),
          ]),
        },
      ],
      alert: { summary: summaryOf("22 (SSH), 8081", "192.0.2.7, 192.0.2.8") },
    },
    {
      name: "exactly ten sources",
      events: [{ details: finding(Array.from({ length: 10 }, (_, n) => probe(`192.0.2.${n}`, 22, "SSH"))) }],
      alert: { summary: summaryOf("22 (SSH)", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `192.0.2.${n}`).join(", ")) },
    },
    {
      name: "twelve sources",
      events: [{ details: finding(Array.from({ length: 12 }, (_, n) => probe(`192.0.2.${n}`, 22, "SSH"))) }],
      alert: { summary: /from 192\.0\.2\.0, .+, 192\.0\.2\.9 and 2 more$/ },
    },
    {
      name: "a single probe that is not in a list, without a source",
      events: [{ details: finding({ localPortDetails: { port: 3389 } }) }],
      alert: { summary: summaryOf("3389", "unknown") },
    },
    {
      name: "no details at all",
      events: [{ details: { service: { action: { actionType: "PORT_PROBE" } } } }],
      alert: { summary: "GuardDuty port probe of unknown in account unknown: ports unknown from unknown" },
    },
    {
      name: "a probe that was blocked is less remarkable",
      events: [{ details: finding([probe("192.0.2.7", 22, "SSH")], { blocked: true }) }],
      alert: { summary, severity: "INFO" },
    },
    {
      name: "exactly twenty minutes old, the edge of the window",
      events: at("-20m").once({ details: ssh }),
      alert: { summary },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-20m1s").once({ details: ssh }) },
    { name: "another source", events: [{ source: "cloudtrail", details: ssh }] },
    {
      name: "another finding",
      events: [{ details: { service: { action: { actionType: "NETWORK_CONNECTION" } } } }],
    },
  ],
});
