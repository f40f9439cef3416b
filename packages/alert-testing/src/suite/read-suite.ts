import { type AlertTaskClass, isAlertTaskClass } from "@mozdef/alert/runtime";
import { preview } from "@mozdef/query/tools";
import { DEFAULT_NOW } from "../site/default-now.ts";
import { TestingError } from "../testing-error.ts";
import { checkDistinct } from "./check-distinct.ts";
import { checkKeys } from "./check-keys.ts";
import type { PreparedSuite } from "./prepared-suite.ts";
import { readFiringCase, readSilentCase } from "./read-case.ts";
import { type Refuse, refuseSuite } from "./refuse.ts";
import type { AlertSuite } from "./suite.ts";

/**
 * A suite, checked and brought to one shape.
 *
 * @throws {TestingError} `TEST_SUITE_INVALID` for a suite that is weak or wrong; the message says what to add.
 */
export const readSuite = (task: AlertTaskClass, suite: AlertSuite): PreparedSuite => {
  const title = titleOf(task, suite);
  const refuse = refuseSuite(title);
  checkKeys("suite", suite, "The suite", refuse);
  const now = new Date(suite.now ?? DEFAULT_NOW);
  if (Number.isNaN(now.getTime()))
    throw refuse(
      `"now" is not a valid time. Expected ISO 8601 such as "${DEFAULT_NOW}". Received: ${preview(suite.now)}.`,
    );
  const cases = [
    ...listOf(suite, "fires", refuse).map((testCase) => readFiringCase(suite, testCase, refuse)),
    ...listOf(suite, "silent", refuse).map((testCase) => readSilentCase(suite, testCase, refuse)),
  ];
  checkDistinct(cases, refuse);
  checkEquivalent(suite, refuse);
  return { task, title, now, suite, cases };
};

const titleOf = (task: unknown, suite: unknown): string => {
  if (!isAlertTaskClass(task))
    throw new TestingError(
      "TEST_SUITE_INVALID",
      `describeAlert needs a class that extends AlertTask of @mozdef/alert. Received: ${preview(task)}.`,
    );
  if (typeof suite !== "object" || suite === null)
    throw refuseSuite(task.name)(`expected a suite { fires, silent }. Received: ${preview(suite)}.`);
  return "name" in suite && typeof suite.name === "string" ? `${task.name} ${suite.name}` : task.name;
};

const ADVICE = {
  fires: 'no firing case. Add one to "fires": events that have to alert, and the alert they have to make.',
  silent:
    'no silent case. Add one to "silent": events that only just do not alert (one below the threshold, older than the window, one value different). Without one, an alert that always fires would pass.',
};

const listOf = <Key extends "fires" | "silent">(suite: AlertSuite, key: Key, refuse: Refuse): AlertSuite[Key] => {
  const cases: unknown = suite[key];
  if (Array.isArray(cases) && cases.length > 0) return suite[key];
  throw refuse(ADVICE[key]);
};

const isDescription = (mutant: unknown): boolean => typeof mutant === "string" || mutant instanceof RegExp;

const checkEquivalent = (suite: AlertSuite, refuse: Refuse): void => {
  for (const entry of suite.equivalent ?? [])
    if (!isDescription(entry.mutant) || typeof entry.reason !== "string" || entry.reason.trim() === "")
      throw refuse(
        `"equivalent" needs entries { mutant, reason }, the reason saying why no event can tell the mutant apart. Received: ${preview(entry)}.`,
      );
};
