import { type AlertAbout, AlertTask, eachEvent, type Hit, listed, textAt, valueAt, valuesAt } from "@mozdef/alert";
import { any, fieldNamed, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";

/** Where a finding lies in an event: as EventBridge sends it, below a key of its own, or right below `details`. */
const PLACES = ["details.detail", "details.finding", "details"] as const;

/** GuardDuty has found that ports of a machine are probed; reads the finding as AWS sends it. */
export class AlertGuardDutyFindingProbe extends AlertTask {
  static readonly about: AlertAbout = {
    description: "GuardDuty has found that ports of a machine are probed; reads the finding as AWS sends it.",
    severity: ["NOTICE", "INFO"],
    attack: ["T1595.001", "T1046"],
    falsePositives: ["Ports that are meant to be open to everybody."],
    triage: [
      "Should that port be open to everybody? Close it in the security group.",
      "Look for logins from the sources.",
      "EMR and other services open ports of their own: see the type of the finding.",
    ],
    replaces: ["AlertGuardDutyProbe"],
  };

  main() {
    const query = SearchQuery({ minutes: 20 }).must(
      TermsMatch("source", ["guardduty", "aws.guardduty"]),
      any(...PLACES.map((place) => TermMatch(fieldNamed(`${place}.service.action.actionType`), "PORT_PROBE"))),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    const place = PLACES.find((candidate) => hasAction(event, candidate)) ?? "details";
    const probes = probesOf(event, place);
    const instance = textAt(event, `${place}.resource.instanceDetails.instanceId`);
    const ports = listed(probes.map(portOf));
    const sources = listed(probes.map((probe) => textOf(probe, "remoteIpDetails.ipAddressV4")));
    return {
      summary: `GuardDuty port probe of ${instance} in account ${textAt(event, `${place}.accountId`)}: ports ${ports} from ${sources}`,
      category: "recon",
      tags: ["guardduty", "portprobe"],
      severity: isBlocked(event, place) ? "INFO" : "NOTICE",
    };
  }
}

const ACTION = "service.action";

const hasAction = (event: Hit, place: string): boolean =>
  textAt(event, `${place}.${ACTION}.actionType`, "") === "PORT_PROBE";

const isBlocked = (event: Hit, place: string): boolean =>
  valueAt(event._source, `${place}.${ACTION}.portProbeAction.blocked`) === true;

const probesOf = (event: Hit, place: string): readonly unknown[] => {
  const details = valueAt(event._source, `${place}.${ACTION}.portProbeAction.portProbeDetails`);
  return Array.isArray(details) ? details : [details];
};

/** `22 (SSH)`; the bare port when it has no name. */
const portOf = (probe: unknown): string => {
  const name = textOf(probe, "localPortDetails.portName");
  const port = textOf(probe, "localPortDetails.port");
  return ["unknown", "Unknown"].includes(name) ? port : `${port} (${name})`;
};

const textOf = (probe: unknown, path: string): string => valuesAt(probe, path).map(String)[0] ?? "unknown";
