import { describeAlert } from "@mozdef/alert-testing/vitest";
import { CALL, called, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsConsoleLogin } from "./alert-aws-console-login.ts";

const login = (type: string, factor: string | null, consolelogin = "Success") =>
  called("ConsoleLogin", null, {
    responseelements: { consolelogin },
    additionaleventdata: factor === null ? null : `{"MFAUsed":"${factor}","MobileVersion":"No"}`,
    useridentity: { ...CALL.details.useridentity, type },
  });
const USUAL = {
  headline: "Login to the AWS console",
  event: login("IAMUser", "No"),
  text: "without MFA (ConsoleLogin)",
  refused: "refused: ConsoleLogin",
};
const summaryOf = summaryFor(USUAL.headline);

describeAlert(AlertAwsConsoleLogin, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "console_login"] },
  fires: [
    ...usualFires(USUAL),
    {
      name: "a user, in the shape of MozDef's worker",
      events: [
        called("ConsoleLogin", null, {
          responseelements: { raw_value: '{"consolelogin": "Success"}' },
          additionaleventdata: { raw_value: JSON.stringify({ raw_value: '{"mfaused": "No"}' }) },
        }),
      ],
      alert: { summary: summaryOf(USUAL.text), severity: "WARNING", notify_mozdefbot: true },
    },
    { name: "nothing is said of MFA", events: [login("IAMUser", null)], alert: { summary: summaryOf(USUAL.text) } },
    {
      name: "the root user with MFA",
      events: [login("Root", "Yes")],
      alert: { summary: summaryOf("root user (ConsoleLogin)"), severity: "CRITICAL" },
    },
    {
      name: "the root user without",
      events: [login("Root", "No")],
      alert: { summary: summaryOf("root user without MFA (ConsoleLogin)"), severity: "CRITICAL" },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    { name: "a user with MFA", events: [login("IAMUser", "Yes")] },
    { name: "a role of an identity provider", events: [login("AssumedRole", "No")] },
    { name: "a login that failed", events: [login("Root", "No", "Failure")] },
  ],
});
