import type { AlertTask, Search } from "@mozdef/alert";
import { runCase } from "../case/run-case.ts";
import type { PreparedCase, PreparedSuite } from "../suite/prepared-suite.ts";
import { TestingError } from "../testing-error.ts";
import type { Mutant } from "./mutant.ts";
import { clauseMutants } from "./mutate-clauses.ts";
import { draftMutants } from "./mutate-draft.ts";
import { optionMutants } from "./mutate-options.ts";
import { windowMutants } from "./mutate-window.ts";
import { mutatedTask, newRecording, recordedTask, type Recording } from "./mutated-task.ts";
import { type MutantResult, type MutationReport, scoreOf } from "./mutation-report.ts";
import { suiteFacts } from "./suite-facts.ts";

/**
 * Changes an alert in every small way and runs its own cases on each change. A change that no case notices is one that nobody
 * would notice in production either.
 *
 * @throws {TestingError} `TEST_CASE_FAILED` when a case fails without any change.
 */
export const mutateSuite = async (suite: PreparedSuite): Promise<MutationReport> => {
  const started = performance.now();
  const recorded = await recordCases(suite);
  const mutants = mutantsOf(suite, recorded);
  const results: MutantResult[] = [];
  for (const mutant of mutants) results.push(await resultOf(suite, mutant, recorded));
  return {
    alert: suite.title,
    mutants: results,
    score: scoreOf(results),
    stale: (suite.suite.equivalent ?? [])
      .map(({ mutant }) => mutant)
      .filter((name) => !results.some(({ description, outcome }) => description === name && outcome === "equivalent")),
    ms: performance.now() - started,
  };
};

/** A case, and what the alert has said in it. */
export interface RecordedCase extends Recording {
  readonly each: PreparedCase;
}

/**
 * Each case once without a change: it has to pass, and tells which searches and drafts there are.
 *
 * @throws {TestingError} `TEST_CASE_FAILED`.
 */
export const recordCases = async (suite: PreparedSuite): Promise<RecordedCase[]> => {
  const recorded: RecordedCase[] = [];
  for (const each of suite.cases) {
    if (each.skip !== undefined) continue;
    const recording: RecordedCase = { each, ...newRecording() };
    const problem = await failureOf(suite, each, (task) => recordedTask(task, recording));
    if (problem !== null)
      throw new TestingError(
        "TEST_CASE_FAILED",
        `${suite.title}: "${each.name}" fails without any change.\n${problem}`,
      );
    recorded.push(recording);
  }
  return recorded;
};

const mutantsOf = (suite: PreparedSuite, recorded: readonly RecordedCase[]): readonly Mutant[] => {
  const facts = suiteFacts(suite);
  const searches = new Map<string, Search>();
  for (const search of recorded.flatMap((one) => one.searches)) searches.set(JSON.stringify(search), search);
  const all = [
    ...[...searches.values()].flatMap((search) => [
      ...clauseMutants(search),
      ...windowMutants(search, facts),
      ...optionMutants(search),
    ]),
    ...draftMutants(recorded.flatMap(({ drafts }) => drafts)),
  ];
  // Cases with other configurations have other searches; what they have in common is changed once.
  return [...new Map(all.map((mutant) => [mutant.description, mutant])).values()];
};

const resultOf = async (suite: PreparedSuite, mutant: Mutant, recorded: RecordedCase[]): Promise<MutantResult> => {
  const { description, suggestion } = mutant;
  const noticedBy = await noticingCase(suite, mutant, recorded);
  const base = { description, noticedBy, suggestion: null, reason: null };
  if (noticedBy !== null) return { ...base, outcome: "noticed" };
  const known = suite.suite.equivalent?.find((entry) => entry.mutant === description);
  if (known !== undefined) return { ...base, outcome: "equivalent", reason: known.reason };
  return { ...base, outcome: "survived", suggestion };
};

/** Cases that noticed the last mutants are tried first: some cases are better witnesses than others. */
const noticingCase = async (suite: PreparedSuite, mutant: Mutant, recorded: RecordedCase[]): Promise<string | null> => {
  for (const [position, one] of recorded.entries()) {
    if (!isAffected(mutant, one)) continue;
    const problem = await failureOf(suite, one.each, (task) => mutatedTask(task, mutant));
    if (problem === null) continue;
    recorded.splice(position, 1);
    recorded.unshift(one);
    return one.each.name;
  }
  return null;
};

const isAffected = ({ changeSearch, changeDraft }: Mutant, { searches, drafts }: Recording): boolean =>
  searches.some((search) => changeSearch?.(search) != null) || drafts.some((draft) => changeDraft?.(draft) != null);

/** The message of a case that fails; null when it passes. Anything but a failed case is a fault of the harness. */
const failureOf = async (
  suite: PreparedSuite,
  each: PreparedCase,
  replace: (task: AlertTask<unknown>) => AlertTask<unknown>,
): Promise<string | null> => {
  try {
    await runCase(suite, each, { replace });
    return null;
  } catch (cause) {
    if (cause instanceof TestingError) return cause.message;
    throw cause;
  }
};
