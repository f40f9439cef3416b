import type { PreparedSuite } from "../suite/prepared-suite.ts";
import type { EquivalentMutant } from "../suite/suite.ts";
import { eventAges } from "./event-ages.ts";
import type { Mutant } from "./mutant/mutant.ts";
import { clauseMutants } from "./mutate-clauses.ts";
import { draftMutants } from "./mutate-draft.ts";
import { optionMutants } from "./mutate-options.ts";
import { windowMutants } from "./mutate-window.ts";
import { changedLookup, mutatedTask, type Recording } from "./mutated-task.ts";
import { type MutantResult, type MutationReport, scoreOf } from "./mutation-report.ts";
import { placesOf } from "./search-places.ts";
import { failureOf, recordCases, type RecordedCase } from "./record-cases.ts";

/**
 * Changes an alert in every small way and runs the cases of its suites on each change. A change that no case notices is one
 * that nobody would notice in production either.
 *
 * @param suites - All suites of one alert.
 * @throws {TestingError} `TEST_CASE_FAILED` when a case fails without any change.
 */
export const mutateSuites = async (suites: readonly PreparedSuite[]): Promise<MutationReport> => {
  const started = performance.now();
  const recorded: RecordedCase[] = [];
  for (const suite of suites) recorded.push(...(await recordCases(suite)));
  const mutants = mutantsOf(suites, recorded);
  // The quickest cases are run first.
  recorded.sort((a, b) => a.ms - b.ms);
  const equivalent = suites.flatMap(({ suite }) => suite.equivalent ?? []);
  const results: MutantResult[] = [];
  for (const mutant of mutants) {
    const noticedBy = await noticingCase(mutant, recorded);
    results.push(resultOf(mutant, noticedBy, equivalent.find((entry) => isMeant(entry, mutant.description))?.reason));
  }
  return {
    alert: suites[0]?.task.name ?? "",
    mutants: results,
    score: scoreOf(results),
    stale: equivalent.filter((entry) => !isNeeded(entry, results)).map(({ mutant }) => String(mutant)),
    ms: performance.now() - started,
  };
};

const isMeant = ({ mutant }: EquivalentMutant, description: string): boolean =>
  typeof mutant === "string" ? mutant === description : mutant.test(description);

const isNeeded = (entry: EquivalentMutant, results: readonly MutantResult[]): boolean =>
  results.some(({ description, outcome }) => outcome === "equivalent" && isMeant(entry, description));

/** Each place of code is changed once, however many configurations have used it. */
const mutantsOf = (suites: readonly PreparedSuite[], recorded: readonly RecordedCase[]): readonly Mutant[] => {
  const ages = eventAges(suites);
  const places = new Map<string, Mutant>();
  const add = (mutants: readonly Mutant[]): void => {
    for (const mutant of mutants) if (!places.has(mutant.key)) places.set(mutant.key, mutant);
  };
  for (const main of recorded.flatMap(({ mains }) => mains))
    for (const [index, position] of placesOf(main).entries()) {
      const search = main[index];
      // A loop is changed at its first search; the others follow.
      if (search === undefined || index !== position) continue;
      const at = { search, position, ages };
      add([...clauseMutants(at), ...windowMutants(at), ...optionMutants(at)]);
    }
  add(draftMutants(recorded.flatMap(({ drafts }) => drafts)));
  // What applies nowhere (the only clause of a combination) is not a change.
  return [...places.values()].filter((mutant) => recorded.some((one) => isAffected(mutant, one)));
};

const resultOf = (
  { description, suggestion }: Mutant,
  noticedBy: string | null,
  reason: string | undefined,
): MutantResult => {
  const base = { description, noticedBy, suggestion: null, reason: null };
  if (noticedBy !== null) return { ...base, outcome: "noticed" };
  if (reason !== undefined) return { ...base, outcome: "equivalent", reason };
  return { ...base, outcome: "survived", suggestion };
};

/** Cases that noticed the last mutants come first: some cases notice more than others. */
const noticingCase = async (mutant: Mutant, recorded: RecordedCase[]): Promise<string | null> => {
  for (const [position, one] of recorded.entries()) {
    if (!isAffected(mutant, one)) continue;
    const problem = await failureOf(one.suite, one.testCase, (task) => mutatedTask(task, mutant));
    if (problem === null) continue;
    recorded.splice(position, 1);
    recorded.unshift(one);
    return one.testCase.name;
  }
  return null;
};

const isAffected = (mutant: Mutant, { mains, lookups, drafts }: Recording): boolean =>
  mains.some((main) => {
    const places = placesOf(main);
    return main.some((search, index) => mutant.changeSearch?.(search, places[index] ?? index) != null);
  }) ||
  lookups.some((query) => changedLookup(mutant, query) !== null) ||
  drafts.some((draft) => mutant.changeDraft?.(draft) != null);
