import { type AggregatedEvents, type AlertAbout, AlertTask, listed, wholeCount } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { elementsOf, isParameters, textsBelow } from "../call-parameters.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";

/** Remote login, then databases and search engines. */
const PORTS = [22, 23, 445, 1433, 3306, 3389, 5432, 5985, 5986, 6379, 9200, 27017];

const config = z.object({
  /** Ports that nobody should open to the internet. */
  ports: z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(",").map((port) => port.trim()) : value),
      z.array(wholeCount),
    )
    .default(PORTS),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** Somebody has opened a port for administration to the internet, made a database public, or enabled the serial console. */
export class AlertAwsAccessOpened extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description:
      "Somebody has opened a port for administration to the internet, made a database public, or enabled the serial console.",
    severity: ["WARNING", "NOTICE"],
    attack: ["T1562.007", "T1133"],
    falsePositives: ["A bastion host or a public database that is meant to be one."],
    triage: [
      "Close it again; Session Manager or a VPN does the same without an open port.",
      "What is behind it? Look for logins and connections since (`sshd`, flow logs, GuardDuty).",
      "Who called, and do they administer these machines?",
    ],
  };

  main() {
    return byCaller(callsNamed({ minutes: 30 }, CALLS, this.config.expected_callers));
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, {
      headline: "AWS access opened",
      tag: "access_opened",
      judge: (call) => this.judged(call),
    });
  }

  private judged(call: Call): Finding | null {
    const { name, parameters } = call;
    if (name === "EnableSerialConsoleAccess") return { what: "serial console of all instances", severity: "WARNING" };
    if (name !== INGRESS)
      return parameters.publiclyaccessible === true
        ? { what: "database public", of: ["dbinstanceidentifier"], severity: "WARNING" }
        : null;
    const ports = this.openedBy(call);
    return ports.length === 0
      ? null
      : {
          what: `${ports.length === 1 ? "port" : "ports"} ${listed(ports)} open to the internet`,
          of: ["groupid", "groupname"],
          severity: "WARNING",
        };
  }

  /** A single rule lies in the parameters themselves, several in `ippermissions`. */
  private openedBy({ parameters }: Call): readonly string[] {
    const single = { ...parameters, ippermissions: null };
    return [single, ...elementsOf(parameters.ippermissions)].filter(isParameters).flatMap((rule) => {
      if (!textsBelow(rule, "cidrip", "cidripv6").some((network) => network.endsWith("/0"))) return [];
      const isAll = String(rule.ipprotocol) === "-1";
      const [from, to] = [Number(rule.fromport), Number(rule.toport)];
      return this.config.ports.filter((port) => isAll || (from <= port && port <= to)).map(String);
    });
  }
}

const INGRESS = "AuthorizeSecurityGroupIngress";
const CALLS = [INGRESS, "EnableSerialConsoleAccess", "CreateDBInstance", "ModifyDBInstance"];
