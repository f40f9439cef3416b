// What the authors of alerts need. What runs alerts, or comes after them, is in runtime.ts.
export { messageOf } from "./alert-error.ts";
export { addressText, networkText, severityName, textList, webUrl, wholeCount } from "./config/config-values.ts";
export { isoUtc } from "./document/iso-utc.ts";
export { addHostname, isAddress, isInNetwork, isPrivateAddress } from "./helpers/addresses.ts";
export { mostCommon } from "./helpers/most-common.ts";
export { toUtc } from "./helpers/time.ts";
export { byCodePoint, distinct, textAt, valueAt, valuesAt } from "./helpers/values.ts";
export { definePack } from "./pack/pack.ts";
export { crontab, interval } from "./schedule/schedule.ts";
export { AlertTask } from "./task/alert-task.ts";
export { aggregation, eachEvent, noEvent } from "./task/search.ts";

export type { AlertDraft } from "./document/alert-document.ts";
export type { EventSource, Hit } from "./document/event.ts";
export type { Dns } from "./helpers/addresses.ts";
export type { AlertPack } from "./pack/pack.ts";
export type { RuleContext, RuleEntry } from "./pack/rule.ts";
export type { AlertAbout } from "./task/about.ts";
export type { Schedule } from "./schedule/schedule.ts";
export type { AggregatedEvents, ConfiguredAlertTask, HookResult, NoConfig } from "./task/alert-task.ts";
export type { AlertContext, AlertState, HookContext } from "./task/context.ts";
export type { AggregationSearch, EachEventSearch, NoEventSearch, Search, SearchOptions } from "./task/search.ts";
