import type { RecordedRequest } from "../site/record-fetch.ts";
import type { ExpectedRequest } from "../suite/expected.ts";
import { caseFailure, countOf } from "./case-failure.ts";
import { differences, printDifferences } from "../compare/differences.ts";

/** Outgoing requests against what the case says, in order. */
export const checkRequests = (expected: readonly ExpectedRequest[], requests: readonly RecordedRequest[]): void => {
  if (expected.length !== requests.length)
    throw caseFailure(
      `Expected ${countOf(expected.length, "outgoing request")}, ${requests.length} made.`,
      ...requests.map(({ method, url }) => `  - ${method} ${url}`),
    );
  const wrong = expected.flatMap((one, index) => differences(one, requests[index], `requests[${index}]`));
  if (wrong.length > 0)
    throw caseFailure(`Outgoing requests differ in ${countOf(wrong.length, "place")}.`, printDifferences(wrong));
};
