export { mutateSuite } from "./mutate-suite.ts";
export { printMutationReport } from "./mutation-report.ts";

export type { MutantResult, MutationReport } from "./mutation-report.ts";
