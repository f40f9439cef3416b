import { AlertTask, textList, wholeCount, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { textsBelow } from "../call-parameters.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";

const config = z.object({
  /** Beginnings of the names of instance types that are good for mining and models, and are not used here. */
  instance_types: textList("comma").default(["p", "g", "trn", "inf", "dl", "f1", "f2", "u-", "x1", "x2", "hpc"]),
  /** Instances started with one call that are too many. */
  instance_count: wholeCount.default(10),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** Calls that make models of Bedrock usable; whoever has models in use has done it once. */
const MODELS: Readonly<Record<string, string>> = {
  PutUseCaseForModelAccess: "use of models declared",
  CreateFoundationModelAgreement: "terms of a model accepted",
  PutFoundationModelEntitlement: "access to a model enabled",
};

/** Somebody starts many or expensive instances, or gets access to models: what is paid for by you and used by others. */
export class AlertAwsResourcesHijacked extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description:
      "Somebody starts many or expensive instances, or gets access to models: what is paid for by you and used by others.",
    severity: ["WARNING", "NOTICE"],
    attack: ["T1496.001", "T1496", "T1578.002"],
    falsePositives: ["A team that begins to work with graphics cards or models."],
    triage: [
      "Is there a project behind it? Ask whoever pays for the account.",
      "If not: stop the instances in every region, take the access to models away, and set a quota.",
      "Whose credentials were used? Such people find keys in public repositories first.",
    ],
  };

  main() {
    return byCaller(
      callsNamed({ minutes: 30 }, ["RunInstances", ...Object.keys(MODELS)], this.config.expected_callers),
    );
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, {
      headline: "AWS resources used at your expense",
      tag: "resources_hijacked",
      judge: (call) => this.judged(call),
    });
  }

  private judged({ name, parameters }: Call): Finding | null {
    const model = MODELS[name];
    if (model !== undefined) return { what: model, of: ["modelid"], severity: "WARNING" };
    const [type = ""] = textsBelow(parameters, "instancetype");
    const count = Math.max(0, ...textsBelow(parameters, "maxcount").map(Number));
    const isExpensive = this.config.instance_types.some((beginning) => isOfType(type, beginning));
    return isExpensive || count >= this.config.instance_count
      ? { what: `up to ${count} instances`, of: ["instancetype"], severity: "WARNING" }
      : null;
  }
}

/** `g` means `g4dn.xlarge` and not `gr`: a family is its letters, then a number. */
const isOfType = (type: string, beginning: string): boolean =>
  type.startsWith(beginning) && (/[\d-]$/.test(beginning) || /^\d/.test(type.slice(beginning.length)));
