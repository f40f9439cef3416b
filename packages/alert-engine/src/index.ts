export { BACKFILL_STATUSES } from "./backfill/backfill.ts";
export { cancelBackfill, listBackfills } from "./backfill/stored-backfills.ts";
export { systemClock } from "./clock.ts";
export { EngineError } from "./engine-error.ts";
export { joinObservers } from "./engine-observer.ts";
export { createExceptions, taskRefAt } from "./exceptions/exceptions.ts";
export { previewException } from "./exceptions/left-out.ts";
export { clausesOf } from "./exceptions/stored-exception.ts";
export { createException, endException, getException, listExceptions } from "./exceptions/stored-exceptions.ts";
export { openContext } from "./host/alert-context.ts";
export { childHost } from "./host/child/child-host.ts";
export { pooledHost } from "./host/child/pooled-host.ts";
export { readPermissions } from "./host/child/read-permissions.ts";
export { splitHost } from "./host/child/split-host.ts";
export { serveHost } from "./host/child/serve-host.ts";
export { inProcessHost } from "./host/in-process-host.ts";
export { dailyMaintenance } from "./lead/daily-maintenance.ts";
export type { DailyMaintenance } from "./lead/daily-maintenance.ts";
export { roomKeeper } from "./lead/keep-room.ts";
export type { DeletedDay, EventRoom, RoomKeeper } from "./lead/keep-room.ts";
export { startRunLoop } from "./lead/run-loop.ts";
export { listRuns } from "./ledger/list-runs.ts";
export { recordOf } from "./ledger/run-record.ts";
export { createOutbox } from "./outbox/outbox.ts";
export { createMutes } from "./routing/mutes.ts";
export { createRouter } from "./routing/router.ts";
export { destinationsOf } from "./routing/destinations.ts";
export { readInhibitions } from "./routing/inhibition.ts";
export { readMatch } from "./routing/matcher.ts";
export { readWindows } from "./routing/maintenance-window.ts";
export { readRoutes } from "./routing/route.ts";
export { routesOfAlert, takesEveryAlert } from "./routing/routes-of-alert.ts";
export { silenceState } from "./routing/silence.ts";
export { rehearse } from "./rehearsal/rehearse.ts";
export { changeSilence, createSilence, endSilence, getSilence, listSilences } from "./routing/stored-silences.ts";
export { isAlertCode } from "./place/package-of.ts";
export { placeInCode } from "./place/place-in-code.ts";
export { createRegistry, tasksByName } from "./registry/alert-registry.ts";
export { failureOf } from "./registry/load-failure.ts";
export { taskRefOf } from "./registry/registered-alert.ts";
export { reloadRules } from "./registry/reload-rules.ts";
export { sharedWork, soleShare } from "./runners/share.ts";
export { runAlerts, runHosted } from "./run/run-alerts.ts";
export { followOthers } from "./schedule/follow-others.ts";
export { lateAlerts } from "./schedule/late-alerts.ts";
export { isOfPastDay } from "./schedule/run-batch.ts";
export { settingVersion } from "./schedule/schedule-settings.ts";
export { isEnabled, scheduleOf } from "./schedule/scheduled-alert.ts";
export { Scheduler } from "./schedule/scheduler.ts";

export type { Backfill, BackfillPart, BackfillRequest, BackfillStatus } from "./backfill/backfill.ts";
export type { Clock } from "./clock.ts";
export type { EngineErrorCode } from "./engine-error.ts";
export type { ChangedRules, ClockSetBack, EngineObserver, FinishedDelivery, FinishedTick } from "./engine-observer.ts";
export type { Exceptions } from "./exceptions/exceptions.ts";
export type { ExceptionPreview, ExceptionPreviewOptions, LeftOut } from "./exceptions/left-out.ts";
export type {
  ExceptionMatch,
  ExceptionRequest,
  ExceptionValue,
  StoredException,
} from "./exceptions/stored-exception.ts";
export type { ExceptionAddress, VersionedException } from "./exceptions/stored-exceptions.ts";
export type { AlertSettings, CatchUp, Limits } from "./engine-settings.ts";
export type { AlertServices, OpenContext, RunScope } from "./host/alert-context.ts";
export type {
  AlertHost,
  Evaluated,
  Planned,
  RunWarning,
  StageOutcome,
  StageScope,
  TaskAnswers,
  TaskRef,
} from "./host/alert-host.ts";
export type { InProcessHostOptions } from "./host/in-process-host.ts";
export type { RunLoop, RunLoopOptions } from "./lead/run-loop.ts";
export type { RunFilter, RunList } from "./ledger/list-runs.ts";
export type { AlertRun, GapRecord, RecordedProblem, RunDocument } from "./ledger/run-record.ts";
export type { LinksOf, Outcome } from "./outbox/attempt.ts";
export type { Outbox, OutboxOptions } from "./outbox/outbox.ts";
export type { TargetState } from "./outbox/target-lane.ts";
export type { Actions } from "./routing/actions.ts";
export type { SeenAlert } from "./routing/alert-fields.ts";
export type { Inhibition, InhibitionInput } from "./routing/inhibition.ts";
export type { MaintenanceWindow, WindowInput } from "./routing/maintenance-window.ts";
export type { Match, Matcher, Wanted, WantedOptions } from "./routing/matcher.ts";
export type { Mutes, MutesOptions } from "./routing/mutes.ts";
export type { HoursInput, Recurring, RecurringInput } from "./routing/open-hours.ts";
export type { DurationInput } from "./routing/read-duration.ts";
export type { Route, RouteInput, RouteOptions } from "./routing/route.ts";
export type { Routed, Router, RouterOptions } from "./routing/router.ts";
export type { Silence, SilenceRequest, SilenceState } from "./routing/silence.ts";
export type { SilenceChange, VersionedSilence } from "./routing/stored-silences.ts";
export type { AlertRegistry } from "./registry/alert-registry.ts";
export type { RegisteredAlert, SettingsByName } from "./registry/registered-alert.ts";
export type { ReloadOptions } from "./registry/reload-rules.ts";
export type { LoadedPack, LoadFailure } from "./registry/load-failure.ts";
export type { LiveRunner } from "./runners/live-runner.ts";
export type { RunnerAbout, Share } from "./runners/share.ts";
export type { RehearsalOptions, RehearsedSlot } from "./rehearsal/rehearse.ts";
export type { RecordRuns } from "./run/commit.ts";
export type { Rewrite } from "./run/plan.ts";
export type { RunOptions } from "./run/run-alerts.ts";
export type { RunResult } from "./run/run-result.ts";
export type { ChildHost, Renewal, Suspension } from "./host/child/child-host.ts";
export type { EndReason, HostProcessOptions } from "./host/child/host-process.ts";
export type { ParentLink, ServedAlerts } from "./host/child/serve-host.ts";
export type { LateAlert } from "./schedule/late-alerts.ts";
export type { Refreshed } from "./schedule/follow-others.ts";
export type { RunEnvironment } from "./schedule/run-batch.ts";
export type { ScheduledAlert } from "./schedule/scheduled-alert.ts";
export type { ScheduleChange, ScheduleChanged, ScheduleSetting } from "./schedule/schedule-settings.ts";
export type { SchedulerOptions } from "./schedule/scheduler.ts";
