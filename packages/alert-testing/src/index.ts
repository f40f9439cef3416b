export { ago, at, randomAddress, repeat } from "./build/index.ts";
export { runCase } from "./case/run-case.ts";
export { collectSuites } from "./describe/collector.ts";
export { describeWith } from "./describe/define-tests.ts";
export { mutateSuites, printMutationReport, recordCases, scoreOf } from "./mutate/index.ts";
export { receiver } from "./delivery/receiver.ts";
export { createTestSite } from "./site/create-test-site.ts";
export { recordFetch } from "./site/record-fetch.ts";
export { mappingsOf as sourceMappings } from "./site/source-indices.ts";
export { readSuite } from "./suite/read-suite.ts";
export { TestingError } from "./testing-error.ts";

export type { EventInput, EventInputs, Moment, TimeLine } from "./build/index.ts";
export type { ReceiverOptions } from "./delivery/receiver.ts";
export type { RunCaseOptions } from "./case/run-case.ts";
export type { CollectedSuite } from "./describe/collector.ts";
export type { DescribeAlert, TestRunner } from "./describe/define-tests.ts";
export type { Position } from "./describe/position.ts";
export type { MutantResult, MutationReport, RecordedCase, Recording } from "./mutate/index.ts";
export type { RecordedRequest, RecordingFetch, Reply } from "./site/record-fetch.ts";
export type { SavedDocument, SiteRequest, SiteRunOptions, TestSite, TestSiteOptions } from "./site/test-site.ts";
export type { PreparedCase, PreparedRun, PreparedSuite } from "./suite/prepared-suite.ts";
export type { CaseSilence, DeliveryOptions, ExpectedDeliveries, ExpectedDelivery } from "./suite/delivery-options.ts";
export type { ExpectedAlert, ExpectedRequest } from "./suite/expected.ts";
export type { PreparedDelivery, PreparedSilence } from "./suite/read-delivery.ts";
export type {
  AlertSuite,
  CaseBase,
  ConfigOf,
  EquivalentMutant,
  FiringCase,
  RunStep,
  SilentCase,
  CaseOptions,
} from "./suite/suite.ts";
export type { TestingErrorCode } from "./testing-error.ts";
