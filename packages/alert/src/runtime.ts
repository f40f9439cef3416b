// What engines, tools, plugins and actions need; alerts themselves get by with index.ts.
export { AlertError } from "./alert-error.ts";
export { actionProblem, defineAction, DELIVERY_EVENTS } from "./delivery/action.ts";
export { applyPlugins, definePlugin, isRegistered, pluginProblem, preparePlugins } from "./delivery/plugin.ts";
export { readOptions, reasonOf } from "./delivery/read-options.ts";
export { alertDocument } from "./document/alert-document.ts";
export { sortedByTime } from "./document/event.ts";
export { copyOfFound, foundEvents } from "./document/found-events.ts";
export type { EventIds } from "./document/event.ts";
export { jsonWeight } from "./document/json-weight.ts";
export { isSeverity, notifies, SEVERITIES } from "./document/severity.ts";
export { evaluate } from "./evaluate/evaluate.ts";
export { groupEvents } from "./evaluate/group-events.ts";
export { isHolding, readException } from "./evaluate/exceptions.ts";
export { planSearch } from "./evaluate/plan-search.ts";
export { runMain } from "./evaluate/run-main.ts";
export { keysAndValues } from "./helpers/values.ts";
export { isWithin } from "./kinds/aggregation.ts";
export { DEFAULT_SAMPLES, sizeOf } from "./kinds/group.ts";
export { Measuring } from "./kinds/measure.ts";
export { matchSequences } from "./kinds/match-sequences.ts";
export { percentageOf } from "./kinds/percentage.ts";
export { expectedIn, isDip, isSpike } from "./kinds/spike.ts";
export { HOOK_NAMES, isSearch, kindOf, SEARCH_KINDS } from "./kinds/kinds.ts";
export { createTask } from "./pack/create-task.ts";
export { isAlertTaskClass } from "./pack/check-runnable.ts";
export { loadRules, ruleSetsOf } from "./pack/load-rules.ts";
export { fieldsOfPacks } from "./pack/pack-fields.ts";
export { parsersOfPacks } from "./pack/pack-parsers.ts";
export { ALERT_PACK, readPack } from "./pack/pack.ts";
export { aboutOf } from "./pack/read-about.ts";
export { describeSchedule, readSchedule } from "./schedule/schedule.ts";
export { nextSlot, slotsBetween } from "./schedule/slots.ts";
export { DEFAULT_INDICES, isDefaultIndices } from "./source/default-indices.ts";
export { asMozdef } from "./source/as-mozdef.ts";
export { isSource } from "./source/source.ts";
export { askedField, askedQuery, isOwnEvents, searchedSource, timeField } from "./source/searched-source.ts";
export { ALERT_TASK } from "./task/alert-task.ts";
export { ALERT_API_VERSION } from "./version.ts";

export type { AlertErrorCode } from "./alert-error.ts";
export type { ListSeparator } from "./config/config-values.ts";
export type {
  AlertAction,
  AlertMessage,
  DeliveryAnswer,
  DeliveryContext,
  DeliveryEvent,
  DeliveryLinks,
  Refused,
  Retry,
} from "./delivery/action.ts";
export type { AlertPlugin, PluginResult, PluginServices } from "./delivery/plugin.ts";
export type {
  AlertChangeRecord,
  AlertComment,
  AlertDocument,
  AlertLife,
  AlertLink,
  AlertStatus,
  CloseReason,
  EmbeddedEvent,
  MutedBy,
} from "./document/alert-document.ts";
export type { Severity } from "./document/severity.ts";
export type { AlertException, ExceptionSettings } from "./evaluate/exceptions.ts";
export type { Excepted } from "./evaluate/plan-search.ts";
export type { AnsweredSearch, Evaluation, NewAlert } from "./evaluate/evaluate.ts";
export type { Counted } from "./helpers/most-common.ts";
export type { AggregationOptions, AggregationResult, Grouping } from "./kinds/aggregation.ts";
export type { Measure } from "./kinds/measure.ts";
export type { Group, GroupSearch } from "./kinds/group.ts";
export type { NewTermResult } from "./kinds/new-term.ts";
export type { SequenceEvent, SequencePattern } from "./kinds/match-sequences.ts";
export type { PercentageResult } from "./kinds/percentage.ts";
export type { SequenceKey, SequencePlace, SequenceResult } from "./kinds/sequence.ts";
export type { SpikeGroup, SpikeResult } from "./kinds/spike.ts";
export type { EachEventResult } from "./kinds/each-event.ts";
export type { PlannedSearch, ResultOf, SearchKindName, SearchOf, SearchResult } from "./kinds/kinds.ts";
export type { NoEventResult } from "./kinds/no-event.ts";
export type { SearchBase } from "./kinds/search-base.ts";
export type {
  Guard,
  Guards,
  HookArguments,
  HookName,
  PlannedOf,
  SearchKind,
  Subject,
  SubjectScope,
} from "./kinds/search-kind.ts";
export type { LoadedRules, RuleProblem, RuleSet } from "./pack/load-rules.ts";
export type { PackEntry } from "./pack/pack.ts";
export type { PackParsers } from "./pack/pack-parsers.ts";
export type { PackFields } from "./pack/pack-fields.ts";
export type { PackIndices } from "./pack/read-indices.ts";
export type { LoadRules, Rules } from "./pack/rule.ts";
export type { SourceOptions } from "./source/define-source.ts";
export type { Looking, SearchedSource, SourceChoice } from "./source/searched-source.ts";
export type { Sources } from "./source/source.ts";
export type { CrontabFields, CrontabValue } from "./schedule/crontab-fields.ts";
export type { CrontabOptions, CrontabSchedule, IntervalSchedule } from "./schedule/schedule.ts";
export type { AlertTaskClass } from "./task/alert-task.ts";
export type { ContextSearchOptions, CountEvents, Log, LookupOptions } from "./task/context.ts";
