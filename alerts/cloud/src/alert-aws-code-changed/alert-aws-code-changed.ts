import { AlertTask, textAt, textList, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { TermsMatch } from "@mozdef/query";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";

const config = z.object({
  /** Kinds of callers (`userIdentity.type`) that should not change code. */
  caller_types: textList("comma").default(["IAMUser", "Root", "FederatedUser"]),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** Somebody has changed by hand what a Lambda function or an instance runs. */
export class AlertAwsCodeChanged extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has changed by hand what a Lambda function or an instance runs.",
    severity: ["WARNING", "NOTICE"],
    attack: ["T1648", "T1059.009", "T1554"],
    falsePositives: ["Developers who deploy with keys of their own: name them in `expected_callers`."],
    triage: [
      "Compare the code, the layers or the user data with what is in your repository.",
      "If it is not yours: roll it back, and change every secret that the function or instance can read.",
      "Which role does it have? Look at the calls of that role since.",
    ],
  };

  main() {
    const { caller_types, expected_callers } = this.config;
    if (caller_types.length === 0) return [];
    return byCaller(
      callsNamed({ minutes: 30 }, Object.keys(CHANGES), expected_callers).must(
        TermsMatch("details.useridentity.type", caller_types),
      ),
    );
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, { headline: "AWS code changed by hand", tag: "code_changed", judge });
  }
}

const FUNCTION = ["functionname"];

const CHANGES: Readonly<Record<string, (call: Call) => Finding | null>> = {
  UpdateFunctionCode20150331v2: ({ parameters }) =>
    parameters.dryrun === true ? null : { what: "code of a function replaced", of: FUNCTION, severity: "WARNING" },
  UpdateFunctionConfiguration20150331v2: ({ parameters }) =>
    parameters.layers === undefined
      ? null
      : { what: "layers of a function replaced", of: FUNCTION, severity: "WARNING" },
  ModifyInstanceAttribute: ({ parameters }) =>
    parameters.userdata === undefined
      ? null
      : { what: "start script of an instance replaced", of: ["instanceid"], severity: "WARNING" },
};

const judge = (call: Call): Finding | null => CHANGES[textAt(call.event, "details.eventname")]?.(call) ?? null;
