export { contract, PAGE_PATHS, routeNames, routeOf } from "./contract.ts";
export { COMMON_ERRORS, errorAnswer, HTTP_ERROR_STATUS } from "./errors.ts";
export { endpointsOf, parameterNames } from "./route.ts";
export { ALERT_STATUSES, DEEPEST_ALERT } from "./routes/alerts.ts";
export { EVENT_BODY_TYPES } from "./routes/intake.ts";
export { namedSchemas } from "./schemas.ts";

export type { AnswerOf, Contract, InputOf, PlainAnswerOf, RequestOf, RouteName, StatusOf } from "./contract.ts";
export type { HttpErrorCode } from "./errors.ts";
export type { Method, PathParameters, Route } from "./route.ts";
export type { WatchRequest } from "./routes/watchlist.ts";
export type {
  Alert,
  AlertEvent,
  AlertFields,
  AlertListItem,
  AlertPage,
  AlertRun,
  AlertStatus,
  Backfill,
  BulkAnswer,
  Delivery,
  ErrorAnswer,
  Facet,
  Gap,
  IntakeReport,
  LegacySchedule,
  Refusal,
  RunList,
  Schedule,
  ScheduleInput,
  ServiceStatus,
  StatusProblem,
  WatchItem,
} from "./schemas.ts";
