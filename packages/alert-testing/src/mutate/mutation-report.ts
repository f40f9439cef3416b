/** What became of one mutant. */
export interface MutantResult {
  readonly description: string;
  /** `equivalent`: no test can notice it, which the suite says with a reason. */
  readonly outcome: "noticed" | "survived" | "equivalent";
  /** The case that noticed. */
  readonly noticedBy: string | null;
  /** What to add; only of survivors. */
  readonly suggestion: string | null;
  /** Only of equivalent ones. */
  readonly reason: string | null;
}

/** What mutating an alert has shown about its tests. */
export interface MutationReport {
  /** Class name. */
  readonly alert: string;
  readonly mutants: readonly MutantResult[];
  /** Noticed mutants of those that can be noticed, in percent. 100 when there are none. */
  readonly score: number;
  /** What acknowledges no surviving mutant: entries of `equivalent` with a typing error, or for mutants that are noticed by now. */
  readonly stale: readonly string[];
  readonly ms: number;
}

/** The share of noticed mutants in percent, rounded down, so that 100 means all. */
export const scoreOf = (mutants: readonly MutantResult[]): number => {
  const noticed = mutants.filter(({ outcome }) => outcome === "noticed").length;
  const survived = mutants.filter(({ outcome }) => outcome === "survived").length;
  return noticed + survived === 0 ? 100 : Math.floor((100 * noticed) / (noticed + survived));
};

/** A report for people: the score, every survivor with what to add, every acknowledged one with its reason. */
export const printMutationReport = ({ alert, mutants, score, stale, ms }: MutationReport): string => {
  const count = (outcome: MutantResult["outcome"]): number => mutants.filter((one) => one.outcome === outcome).length;
  return [
    `${alert}: ${score} % (${count("noticed")} of ${mutants.length - count("equivalent")} mutants noticed, ${Math.round(ms)} ms)`,
    ...survivors(mutants),
    ...mutants.flatMap(({ outcome, description, reason }) =>
      outcome === "equivalent" ? [`  equivalent: ${description}`, `    because ${reason ?? ""}`] : [],
    ),
    ...stale.map((entry) => `  STALE ${entry}\n    No surviving mutant needs this. Take it out.`),
  ].join("\n");
};

/** What is said of several in a row is said once. */
const survivors = (mutants: readonly MutantResult[]): readonly string[] => {
  const survived = mutants.filter(({ outcome }) => outcome === "survived");
  return survived.flatMap(({ description, suggestion }, index) => {
    const isSaidBelow = survived[index + 1]?.suggestion === suggestion;
    return [`  SURVIVED ${description}`, ...(isSaidBelow ? [] : [`    ${suggestion ?? ""}`])];
  });
};
