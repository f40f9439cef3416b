export { AlertError, messageOf } from "./alert-error.ts";
export { addressText, networkText, severityName, textList, webUrl, wholeCount } from "./config/config-values.ts";
export { alertDocument } from "./document/alert-document.ts";
export { sortedByTime } from "./document/event.ts";
export { isSeverity, notifies, SEVERITIES } from "./document/severity.ts";
export { applyPlugins, isRegistered } from "./delivery/plugin.ts";
export { evaluate } from "./evaluate/evaluate.ts";
export { planSearch } from "./evaluate/plan-search.ts";
export { runMain } from "./evaluate/run-main.ts";
export { addHostname, isAddress, isInNetwork, isPrivateAddress } from "./helpers/addresses.ts";
export { mostCommon } from "./helpers/most-common.ts";
export { isoUtc, toUtc } from "./helpers/time.ts";
export { byCodePoint, distinct, keysAndValues, textAt, valueAt, valuesAt } from "./helpers/values.ts";
export { createTask } from "./pack/create-task.ts";
export { ALERT_PACK, definePack, isAlertTaskClass, readPack } from "./pack/pack.ts";
export { crontab, describeSchedule, interval } from "./schedule/schedule.ts";
export { nextSlot, slotsBetween } from "./schedule/slots.ts";
export { ALERT_TASK, AlertTask } from "./task/alert-task.ts";
export { aggregation, eachEvent, isSearch, noEvent } from "./task/search.ts";
export { ALERT_API_VERSION } from "./version.ts";

export type { AlertErrorCode } from "./alert-error.ts";
export type { ListSeparator } from "./config/config-values.ts";
export type { AlertAction, AlertMessage } from "./delivery/action.ts";
export type { AlertPlugin, PluginResult } from "./delivery/plugin.ts";
export type { AlertDocument, AlertDraft, EmbeddedEvent } from "./document/alert-document.ts";
export type { EventSource, Hit } from "./document/event.ts";
export type { Severity } from "./document/severity.ts";
export type { Evaluation, NewAlert, PlannedFinding } from "./evaluate/evaluate.ts";
export type { Finding, Group } from "./evaluate/finding.ts";
export type { PlannedSearch } from "./evaluate/plan-search.ts";
export type { Dns } from "./helpers/addresses.ts";
export type { Counted } from "./helpers/most-common.ts";
export type { AlertPack, PackEntry } from "./pack/pack.ts";
export type { CrontabFields, CrontabSchedule, IntervalSchedule, Schedule } from "./schedule/schedule.ts";
export type { AggregatedEvents, AlertTaskClass, ConfiguredAlertTask, HookResult, NoConfig } from "./task/alert-task.ts";
export type { AlertContext, AlertState, ContextSearchOptions, HookContext, Log } from "./task/context.ts";
export type {
  AggregationOptions,
  AggregationSearch,
  EachEventSearch,
  NoEventSearch,
  Search,
  SearchBase,
  SearchOptions,
} from "./task/search.ts";
