import type { AlertTaskClass } from "@mozdef/alert/runtime";
import type { AlertSuite } from "../suite/suite.ts";
import type { Position } from "./position.ts";

/** What `describeAlert` was called with. */
export interface CollectedSuite {
  readonly task: AlertTaskClass;
  readonly suite: AlertSuite;
  /** Where; null when the stack does not tell. */
  readonly position: Position | null;
}

/** Found by whichever copy of this package a test file brings along. */
const COLLECTOR = Symbol.for("@mozdef/alert-testing/collector");

type Holder = typeof globalThis & { [COLLECTOR]?: CollectedSuite[] };

/** The list that `describeAlert` adds to instead of making tests; null when tests are to be made. */
export const collector = (): CollectedSuite[] | null => (globalThis as Holder)[COLLECTOR] ?? null;

/**
 * The suites of test files, without running them: for tools such as `mozdef mutate`.
 *
 * @param load - Imports the test files.
 */
export const collectSuites = async (load: () => Promise<unknown>): Promise<readonly CollectedSuite[]> => {
  const holder = globalThis as Holder;
  const suites: CollectedSuite[] = [];
  holder[COLLECTOR] = suites;
  try {
    await load();
    return suites;
  } finally {
    // Not undefined: the key itself is what describeAlert looks at.
    Reflect.deleteProperty(holder, COLLECTOR);
  }
};
