import { describeAlert } from "@mozdef/alert-testing/vitest";
import { CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsResourcesHijacked } from "./alert-aws-resources-hijacked.ts";

const run = (instancetype: string, maxCount = 1) =>
  called("RunInstances", { instancetype, instancesset: JSON.stringify({ items: [{ minCount: 1, maxCount }] }) });
const USUAL = {
  headline: "AWS resources used at your expense",
  event: run("p2.xlarge"),
  text: "up to 1 instances (RunInstances of p2.xlarge)",
  refused: "refused: RunInstances of p2.xlarge",
};
const summaryOf = summaryFor(USUAL.headline);

describeAlert(AlertAwsResourcesHijacked, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "resources_hijacked"] },
  fires: [
    ...usualFires(USUAL),
    ...["g4dn.xlarge", "trn1.2xlarge", "inf2.xlarge", "dl1.24xlarge", "f1.2xlarge", "u-6tb1.metal", "x2gd.metal"].map(
      (type) => ({
        name: `an instance of type ${type}`,
        events: [run(type)],
        alert: { summary: summaryOf(`up to 1 instances (RunInstances of ${type})`), severity: "WARNING" },
      }),
    ),
    {
      name: "ten of whatever type, in the shape of MozDef's worker",
      events: [
        calledByWorker("RunInstances", {
          instancetype: { raw_value: '"t3.micro"' },
          instancesset: { items: [{ maxcount: 10, mincount: 1 }] },
        }),
      ],
      alert: {
        summary: summaryOf("up to 10 instances (RunInstances of t3.micro)"),
        severity: "WARNING",
        notify_mozdefbot: true,
      },
    },
    ...[
      ["PutUseCaseForModelAccess", "use of models declared"],
      ["CreateFoundationModelAgreement", "terms of a model accepted"],
      ["PutFoundationModelEntitlement", "access to a model enabled"],
    ].map(([name = "", what]) => ({
      name,
      events: [called(name, { modelid: "m" })],
      alert: { summary: summaryOf(`${what} (${name} of m)`), severity: "WARNING" },
    })),
    {
      name: "a type and a number of one's own",
      config: { instance_types: ["m5"], instance_count: 3 },
      events: [run("m5.large"), run("t3.micro", 3)],
      alert: {
        summary: summaryOf(
          "up to 1 instances (RunInstances of m5.large), up to 3 instances (RunInstances of t3.micro)",
        ),
      },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    { name: "nine of an everyday type", events: [run("t3.micro", 9)] },
    {
      name: "a type whose name only begins like one",
      config: { instance_types: ["t"] },
      events: [run("trn1.2xlarge")],
    },
    { name: "the shipped types are replaced", config: { instance_types: [] }, events: [USUAL.event] },
    { name: "no parameters", events: [called("RunInstances")] },
  ],
});
