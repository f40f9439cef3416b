export { mutateSuite, recordCases } from "./mutate-suite.ts";
export { printMutationReport } from "./mutation-report.ts";

export type { RecordedCase } from "./mutate-suite.ts";
export type { Recording } from "./mutated-task.ts";
export type { MutantResult, MutationReport } from "./mutation-report.ts";
