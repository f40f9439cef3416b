import type { MutantResult } from "@mozdef/alert-testing";
import type { CodeMutant } from "./code-mutant.ts";
import type { Recorded, RecordedRun } from "./mutation-messages.ts";
import type { MutationProcess } from "./mutation-process.ts";

interface Trial {
  /** Whose suites are run. */
  readonly alerts: readonly string[];
  readonly mutants: readonly CodeMutant[];
  readonly recorded: Recorded;
}

/** How long cases may take on a mutant, at least and as a multiple of what they take without one. */
const LEAST_MS = 5_000;
const TIMES_AS_LONG = 20;

/** Tries mutants one after another on the cases that get to their place. */
export async function* triedMutants(
  process: MutationProcess,
  { alerts, mutants, recorded }: Trial,
): AsyncGenerator<readonly [CodeMutant, MutantResult]> {
  const order = quickestFirst(recorded.cases);
  for (const mutant of mutants) {
    const isLoaded = recorded.loaded.includes(mutant.id);
    const reaching = order.filter((at) => recorded.cases[at]?.reached.includes(mutant.id) === true);
    const loadsAgain = reaching.length === 0 && isLoaded;
    const cases = loadsAgain ? order : reaching;
    if (cases.length === 0) {
      yield [mutant, survived(mutant, UNREACHED)];
      continue;
    }
    const tried = await process.tryMutant(
      { alerts, mutant: mutant.id, cases, loadsAgain },
      LEAST_MS + TIMES_AS_LONG * msOf(recorded.cases, cases),
    );
    // Nothing that ends well ends its process: a test runner would have complained, too.
    if (typeof tried === "string") yield [mutant, noticed(mutant, tried)];
    else if (tried.noticedBy === null) yield [mutant, survived(mutant, mutant.suggestion)];
    else {
      order.splice(order.indexOf(tried.noticedBy), 1);
      order.unshift(tried.noticedBy);
      yield [mutant, noticed(mutant, recorded.cases[tried.noticedBy]?.name ?? "")];
    }
  }
}

const UNREACHED = "No case gets there. Add one that does.";

const quickestFirst = (cases: readonly RecordedRun[]): number[] =>
  cases
    .map(({ ms }, at) => ({ ms, at }))
    .sort((a, b) => a.ms - b.ms)
    .map(({ at }) => at);

const msOf = (cases: readonly RecordedRun[], positions: readonly number[]): number =>
  positions.reduce((sum, at) => sum + (cases[at]?.ms ?? 0), 0);

const survived = ({ description }: CodeMutant, suggestion: string): MutantResult => ({
  ...{ description, outcome: "survived", noticedBy: null, suggestion, reason: null },
});

const noticed = ({ description }: CodeMutant, noticedBy: string): MutantResult => ({
  ...{ description, outcome: "noticed", noticedBy, suggestion: null, reason: null },
});
