import { describeAlert } from "@mozdef/alert-testing/vitest";
import { BY_NAME, CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsCodeChanged } from "./alert-aws-code-changed.ts";

const CODE = "UpdateFunctionCode20150331v2";
const CONFIGURATION = "UpdateFunctionConfiguration20150331v2";
const USUAL = {
  headline: "AWS code changed by hand",
  event: called(CODE, { functionname: "f", dryrun: false }),
  text: `code of a function replaced (${CODE} of f)`,
  refused: `refused: ${CODE} of f`,
};
const summaryOf = summaryFor(USUAL.headline);
const by = (type: string) => called(CODE, { functionname: "f" }, { useridentity: { type } });

describeAlert(AlertAwsCodeChanged, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "code_changed"] },
  fires: [
    ...usualFires(USUAL),
    ...["Root", "FederatedUser"].map((type) => ({
      name: `a caller of type ${type}`,
      events: [by(type)],
      alert: { summary: summaryOf(USUAL.text), severity: "WARNING", notify_mozdefbot: true },
    })),
    {
      name: "layers, in the shape of MozDef's worker",
      events: [calledByWorker(CONFIGURATION, { functionname: "f", layers: ["arn:layer:1"] })],
      alert: { summary: summaryOf(`layers of a function replaced (${CONFIGURATION} of f)`), severity: "WARNING" },
    },
    {
      name: "what an instance runs when it starts",
      events: [called("ModifyInstanceAttribute", { instanceid: "i-1", userdata: "<sensitiveDataRemoved>" })],
      alert: {
        summary: summaryOf("start script of an instance replaced (ModifyInstanceAttribute of i-1)"),
        severity: "WARNING",
      },
    },
    {
      name: "callers of one's own",
      config: { caller_types: ["AssumedRole"] },
      events: [by("AssumedRole")],
      alert: { summary: summaryOf(USUAL.text) },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    { name: "a role that deploys", events: [by("AssumedRole")] },
    { name: "callers of no type", config: { caller_types: [] }, events: [USUAL.event] },
    { name: "a try", events: [called(CODE, { dryrun: true })] },
    { name: "another setting of a function", events: [called(CONFIGURATION, { memorysize: 256 })] },
    { name: "another attribute of an instance", events: [called("ModifyInstanceAttribute", { ebsoptimized: true })] },
  ],
  equivalent: [BY_NAME],
});
