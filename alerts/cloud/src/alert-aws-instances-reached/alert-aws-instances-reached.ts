import { type AggregatedEvents, type AlertAbout, AlertTask, listed, wholeCount } from "@mozdef/alert";
import { z } from "zod";
import { callOf, callsNamed, expectedCallers, type Call } from "../call.ts";
import { elementsOf, textsBelow } from "../call-parameters.ts";
import { addressesOf, byCaller } from "../findings.ts";

const config = z.object({
  /** Distinct instances that one caller has to reach. */
  instance_count: wholeCount.default(3),
  /** Look-back in minutes. */
  window_minutes: wholeCount.default(60),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** One caller runs commands or opens sessions on three or more instances within an hour, through calls of AWS. */
export class AlertAwsInstancesReached extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description:
      "One caller runs commands or opens sessions on three or more instances within an hour, through calls of AWS.",
    severity: ["WARNING", "NOTICE"],
    attack: ["T1651", "T1021.007", "T1021.008"],
    falsePositives: ["Administrators on a busy day, and tools that patch: name them, or raise the number."],
    triage: [
      "Ask the caller. Is there a change or an incident that explains it?",
      "What was run? Session Manager and Run Command can log it; CloudTrail does not show commands.",
      "If nobody knows: end the sessions, disable the credentials, and look at the instances as compromised.",
    ],
  };

  main() {
    const { window_minutes, expected_callers } = this.config;
    return byCaller(callsNamed({ minutes: window_minutes }, Object.keys(WAYS), expected_callers), { samplesLimit: 10 });
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents) {
    const calls = allEvents.flatMap((event) => callOf(event) ?? []);
    const all = this.reachedBy(calls);
    if (all.size < this.config.instance_count) return null;
    const isReached = this.reachedBy(calls.filter(({ isRefused }) => !isRefused)).size > 0;
    const ways = listed(calls.map(({ name }) => WAYS[name] ?? name));
    return {
      summary: `AWS instances reached${isReached ? "" : " (all refused)"}: ${listed(all)} through ${ways} by ${value} from ${addressesOf(allEvents)}`,
      category: "AWSCloudtrail",
      tags: ["cloudtrail", "aws", "instances_reached"],
      severity: isReached ? "WARNING" : "NOTICE",
      events,
    };
  }

  /** A command for all instances with a tag does not say which; they are taken to be many. */
  private reachedBy(calls: readonly Call[]): ReadonlySet<string> {
    return new Set(
      calls.flatMap(({ parameters }) => [
        ...textsBelow(parameters, "instanceid", "instanceids", "target"),
        ...elementsOf(parameters.targets).flatMap((target) => this.selectedBy(target)),
      ]),
    );
  }

  private selectedBy(target: unknown): readonly string[] {
    const key = textsBelow(target, "key").join();
    const values = textsBelow(target, "values");
    if (/^instanceids$/i.test(key)) return values;
    return Array.from({ length: this.config.instance_count }, (_, index) => `${key}=${values.join("|")} #${index + 1}`);
  }
}

/** By name of the call. */
const WAYS: Readonly<Record<string, string>> = {
  SendCommand: "Run Command",
  StartSession: "Session Manager",
  ResumeSession: "Session Manager",
  SendSSHPublicKey: "EC2 Instance Connect",
  OpenTunnel: "EC2 Instance Connect Endpoint",
  SendSerialConsoleSSHPublicKey: "the serial console",
};
