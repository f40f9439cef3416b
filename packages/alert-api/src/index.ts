export { contract, PAGE_PATHS, routeNames, routeOf, topicOf, topics } from "./contract.ts";
export { COMMON_ERRORS, errorAnswer, HTTP_ERROR_STATUS } from "./errors.ts";
export { endpointsOf, hasEtag, isChange, parameterNames, takesIfMatch } from "./route.ts";
export { ALERT_STATUSES, CLOSE_REASONS, DEEPEST_ALERT } from "./routes/alerts.ts";
export { EVENT_BODY_TYPES } from "./routes/intake.ts";
export { namedSchemas } from "./schemas.ts";
export { isGranted, ROLES, SCOPE_OF_ROLE, SCOPES } from "./scopes.ts";

export type { AnswerOf, Contract, InputOf, PlainAnswerOf, RequestOf, RouteName, StatusOf } from "./contract.ts";
export type { HttpErrorCode } from "./errors.ts";
export type { Method, PathParameters, Route } from "./route.ts";
export type { WatchRequest } from "./routes/watchlist.ts";
export type { Role, Scope } from "./scopes.ts";
export type {
  Alert,
  AlertChanges,
  AlertEvent,
  AlertFields,
  AlertGroup,
  AlertGroups,
  AlertHistogram,
  AlertListItem,
  AlertPage,
  AlertRun,
  AlertStatus,
  AuditEntry,
  Backfill,
  Backtest,
  BulkAnswer,
  CloseReason,
  Delivery,
  ErrorAnswer,
  EventField,
  EventHistogram,
  EventPage,
  EventSource,
  Exception,
  ExceptionPreview,
  Explanation,
  Facet,
  FieldValues,
  Gap,
  IntakeReport,
  LegacySchedule,
  Refusal,
  RelatedEntity,
  RunList,
  Schedule,
  ScheduleDetails,
  ScheduleInput,
  SchedulePreview,
  ServiceStatus,
  Session,
  Silence,
  SilencePreview,
  StatusProblem,
  StoredEvent,
  Token,
  User,
  WatchItem,
} from "./schemas.ts";
