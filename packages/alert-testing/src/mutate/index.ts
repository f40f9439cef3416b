export { mutateSuites } from "./mutate-suites.ts";
export { printMutationReport, scoreOf } from "./mutation-report.ts";
export { recordCases } from "./record-cases.ts";

export type { Recording } from "./mutated-task.ts";
export type { MutantResult, MutationReport } from "./mutation-report.ts";
export type { RecordedCase } from "./record-cases.ts";
