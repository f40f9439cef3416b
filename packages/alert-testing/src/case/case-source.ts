import type { SourceChoice, Sources } from "@mozdef/alert/runtime";
import type { PreparedSuite } from "../suite/prepared-suite.ts";

/** The name of a suite's source unless it says otherwise. */
export const SOURCE = "source";

/** The sources of a suite's site. */
export const sourcesOf = ({ suite: { source, sourceName = SOURCE } }: PreparedSuite): Sources =>
  source === undefined ? {} : { [sourceName]: source };

/** Where the alert of a suite looks for events. */
export const choiceOf = (prepared: PreparedSuite): SourceChoice => {
  const { source, sourceName = SOURCE } = prepared.suite;
  return source === undefined ? {} : { sources: sourcesOf(prepared), source: sourceName };
};
