import { textAt, valueAt, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";

/** Calls after which less is recorded than before. */
export const TAMPERING = [
  "StopLogging",
  "DeleteTrail",
  "UpdateTrail",
  "PutEventSelectors",
  "PutInsightSelectors",
  "DeleteEventDataStore",
  "UpdateEventDataStore",
  "StopEventDataStoreIngestion",
] as const;

/** Calls of CloudTrail with one of these names, whether they worked or not. */
export const tamperingCalls = (names: readonly string[]): SearchQuery =>
  SearchQuery({ minutes: 30 }).must(TermMatch("source", "cloudtrail"), TermsMatch("details.eventname", names));

/** `{call} on {trail} by {who} from {address}`. */
export const describeCall = (event: Hit): string => {
  const who = textAt(event, "details.useridentity.arn", textAt(event, "details.useridentity.type"));
  return `${textAt(event, "details.eventname")} on ${trailOf(event)} by ${who} from ${textAt(event, "details.sourceipaddress")}`;
};

/** The name of the trail, under whichever key the call has it; deeper parameters are stored as JSON text. */
const trailOf = (event: Hit): string => {
  const parameters = valueAt(event._source, "details.requestparameters");
  const raw = valueAt(parameters, "raw_value");
  return nameIn(parameters) ?? nameIn(typeof raw === "string" ? parsed(raw) : undefined) ?? "unknown";
};

const NAMES = ["name", "trailname", "eventdatastore"];

const nameIn = (parameters: unknown): string | undefined =>
  NAMES.map((key) => valueAt(parameters, key)).find((value) => typeof value === "string");

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
