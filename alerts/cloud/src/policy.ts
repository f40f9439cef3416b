import { elementsOf, isParameters, textsBelow, type Parameters } from "./call-parameters.ts";

/** What {@link strangersIn} calls everybody. */
export const EVERYBODY = "everybody";

/** Statements of a policy that allow something. */
const allowing = (policy: unknown): readonly Parameters[] =>
  (isParameters(policy) ? elementsOf(policy.statement) : [])
    .filter(isParameters)
    .filter(({ effect }) => effect === "Allow");

/**
 * Accounts other than our own that a policy lets in, `everybody` for `*`. A `*` under a condition is passed over: the condition
 * says who is meant. Services and identity providers are not accounts.
 */
export const strangersIn = (policy: unknown, own: readonly string[]): readonly string[] =>
  allowing(policy).flatMap(({ principal, condition }) =>
    strangersAmong(principal === "*" ? ["*"] : textsBelow(principal, "aws"), own).filter(
      (stranger) => stranger !== EVERYBODY || condition === undefined,
    ),
  );

/** Of principals those that are everybody, or in an account that is not our own. */
export const strangersAmong = (principals: readonly string[], own: readonly string[]): readonly string[] => [
  ...new Set(
    principals.flatMap((principal) => {
      if (principal === "*" || principal === "all") return [EVERYBODY];
      const account = ACCOUNT.exec(principal)?.[0];
      return account === undefined || own.includes(account) ? [] : [account];
    }),
  ),
];

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/;

/** Actions that are or give everything: who may change permissions has them all. */
const EVERYTHING = ["*", "*:*", "iam:*"];

/** Whether a policy makes an administrator. */
export const makesAdministrator = (policy: unknown): boolean =>
  allowing(policy).some(
    ({ action, resource }) =>
      elementsOf(action).some((one) => EVERYTHING.includes(String(one))) && elementsOf(resource).includes("*"),
  );
