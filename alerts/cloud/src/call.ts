import { textAt, textList, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch, TermsMatch, WildcardMatch, type Clause, type Duration } from "@mozdef/query";
import { partOf, textsBelow, type Parameters } from "./call-parameters.ts";

/** A call of AWS that worked or was refused. */
export interface Call {
  readonly event: Hit;
  readonly name: string;
  readonly parameters: Parameters;
  /** The account it was made in. */
  readonly account: string;
  /** The caller had no permission: nothing has happened. */
  readonly isRefused: boolean;
}

/** What every alert for calls can be told: callers (ARNs, with `*` for any characters) whose calls are expected. */
export const expectedCallers = textList("comma").default([]);

/** Calls with one of these names, whether they worked or not, but for those of expected callers and other exceptions. */
export const callsNamed = (
  window: Duration,
  names: readonly string[],
  expected: readonly string[],
  ...exceptions: readonly Clause[]
): SearchQuery =>
  SearchQuery(window)
    .must(TermMatch("source", "cloudtrail"), TermsMatch("details.eventname", names))
    .mustNot(...exceptions, ...expected.map((caller) => WildcardMatch("details.useridentity.arn", caller)));

const REFUSED = /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError/;

/** Null for a call that failed for another reason than a missing permission, such as a mistake in it. */
export const callOf = (event: Hit): Call | null => {
  const error = textAt(event, "details.errorcode", textAt(event, "errorcode", ""));
  const isRefused = REFUSED.test(error);
  if (error !== "" && !isRefused) return null;
  return {
    event,
    name: textAt(event, "details.eventname"),
    parameters: partOf(event, "requestparameters"),
    account: textAt(event, "details.recipientaccountid", textAt(event, "details.useridentity.accountid")),
    isRefused,
  };
};

/** `{name}`, or `{name} of {target}` when one of the keys says what it was made for. */
export const labelOf = ({ name, parameters }: Call, keys: readonly string[]): string => {
  const [target] = keys.flatMap((key) => textsBelow(parameters, key));
  return target === undefined ? name : `${name} of ${target}`;
};
