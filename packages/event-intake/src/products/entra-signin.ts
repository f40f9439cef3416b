import type { EventFields } from "../event/event.ts";
import { at, firstText, isObject, type JsonObject, present, textAt, without, withJsonTexts } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/**
 * Sign-ins of Microsoft Entra ID (Azure AD): as diagnostic settings stream them, alone or in `records`, and as Microsoft Graph lists
 * them, alone or in `value`.
 *
 * @see Microsoft Graph "signIn resource type"; Azure Monitor "SigninLogs"
 */
export const entraSignIn: Parser = {
  name: "entra-signin",
  recognise: ({ record }) => record !== undefined && (isSignIn(record) || isSignIn(listOf(record)?.[0])),
  parse: ({ record = {} }) => {
    if (isSignIn(record)) return eventOf(record);
    return listOf(record)?.map((entry) => (isSignIn(entry) ? eventOf(entry) : { details: { record: entry } })) ?? null;
  },
};

const listOf = ({ records, value }: JsonObject): readonly unknown[] | undefined => {
  const list = records ?? value;
  return Array.isArray(list) ? list : undefined;
};

const isSignIn = (value: unknown): value is JsonObject => {
  if (!isObject(value)) return false;
  if (typeof value.category === "string" && value.category.endsWith("SignInLogs")) return isObject(value.properties);
  return (
    ["createdDateTime", "userPrincipalName", "appId"].every((name) => typeof value[name] === "string") &&
    isObject(value.status)
  );
};

/** Lists of what was asked and of how it was answered. */
const BODIES = [
  ...[
    "appliedConditionalAccessPolicies",
    "authenticationDetails",
    "authenticationProcessingDetails",
    "networkLocationDetails",
  ],
  ...["authenticationRequirementPolicies", "sessionLifetimePolicies", "authenticationContextClassReferences"],
];

const eventOf = (record: JsonObject): EventFields => {
  const signIn = isObject(record.properties) ? record.properties : record;
  const [code, username] = [errorOf(record, signIn), textAt(signIn, "userPrincipalName")];
  const reason = firstText(signIn, "status.failureReason") ?? textAt(record, "resultDescription");
  const to = `${username ?? "unknown"} to ${textAt(signIn, "appDisplayName") ?? "unknown"}`;
  return {
    category: "authentication",
    tags: ["entra"],
    severity: "INFO",
    summary: code === "0" ? `Sign-in of ${to}` : `Failed sign-in of ${to}: ${reason ?? "unknown"}`,
    utctimestamp: firstText(signIn, "createdDateTime") ?? textAt(record, "time"),
    details: present({
      ...(signIn === record ? {} : without(record, ["properties", "time", "callerIpAddress"])),
      ...withJsonTexts(without(signIn, ["createdDateTime", "ipAddress"]), BODIES),
      username,
      sourceipaddress: textAt(signIn, "ipAddress") ?? textAt(record, "callerIpAddress"),
      success: code === undefined ? undefined : code === "0",
      reason: code === "0" ? undefined : reason,
    }),
  };
};

const errorOf = (record: JsonObject, signIn: JsonObject): string | undefined => {
  const code = at(signIn, "status.errorCode");
  return code === undefined ? textAt(record, "resultType") : textAt(signIn, "status.errorCode");
};
