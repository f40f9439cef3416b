import type { ServiceStatus } from "@mozdef/alert-api";
import { isoUtc, messageOf } from "@mozdef/alert";
import {
  type AlertRegistry,
  type Clock,
  type DeletedDay,
  isEnabled,
  lateAlerts,
  type LiveRunner,
  type Outbox,
  type Scheduler,
  type Share,
  type Suspension,
} from "@mozdef/alert-engine";
import { type AlertStore, inLane, isStatus, STATE_INDEX } from "@mozdef/alert-store";
import { deliveryStatus } from "../deliveries/delivery-status.ts";
import type { Intake } from "../intake/create-intake.ts";
import type { Refusals } from "../intake/intake-watch.ts";
import { VERSION } from "../manifest.ts";
import type { Metrics } from "../metrics.ts";
import type { SlotCounts, StatusSource } from "../status/status-routes.ts";
import type { OpenedStore } from "../store/opened-store.ts";
import { severityOf, statusProblems } from "./status-problems.ts";

export interface ServiceStatusOptions {
  readonly opened: OpenedStore;
  readonly scheduler: Scheduler;
  readonly registry: AlertRegistry;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly started: Date;
  readonly share: Pick<Share, "runners">;
  /** Whether this instance runs alerts at present. */
  readonly isRunning: () => boolean;
  readonly outbox: Pick<Outbox, "targets">;
  /** What waits to be run. */
  readonly slotCounts: () => SlotCounts;
  readonly metrics: Pick<Metrics, "runs">;
  /** Days of events that were deleted to make room. Default: none. */
  readonly deletedDays?: () => readonly DeletedDay[];
  /** Alerts that are not run now, since they have taken their process along. Default: none. */
  readonly suspended?: () => readonly Suspension[];
  /** Why the watchdog's address does not take calls; null when it does. Default: it does. */
  readonly watchdogFailure?: () => string | null;
  /** Why the indices could not be kept in order; null when they are. Default: they are. */
  readonly maintenanceFailure?: () => unknown;
}

/** How the service is. Asks the store each time: that it answered once says nothing. */
export const serviceStatus =
  ({
    opened,
    scheduler,
    registry,
    intake,
    clock,
    started,
    share,
    isRunning,
    outbox,
    slotCounts,
    metrics,
    deletedDays = () => [],
    maintenanceFailure = () => null,
    suspended = () => [],
    watchdogFailure = () => null,
  }: ServiceStatusOptions): StatusSource =>
  async () => {
    const [store, deliveries, runs] = await Promise.all([
      storeStatus(opened, deletedDays()),
      deliveryStatus(opened.store, outbox.targets),
      runCounts(metrics),
    ]);
    const { states, clockSetBack: setBack } = scheduler;
    const enabled = states.filter(isEnabled);
    const failing = enabled.filter(({ lastRun, failures }) => failures > 0 || lastRun?.health === "error");
    const names = failing.map(({ alert }) => alert.name);
    const blind = enabled.filter(({ lastRun }) => (lastRun?.warnings ?? []).length > 0);
    const late = lateAlerts(scheduler.own.filter(isEnabled), clock.now());
    const { failures } = registry;
    const problems = statusProblems({
      store,
      enabled: enabled.length,
      failing: names,
      blind: blind.map(({ alert }) => alert.name),
      suspended: suspended(),
      watchdogFailure: watchdogFailure(),
      standing: late.flatMap(({ name, isStanding }) => (isStanding ? [name] : [])),
      maintenanceFailure: maintenanceFailure(),
      failures,
      runners: share.runners,
      backfills: scheduler.backfills,
      unfinished: scheduler.unfinished,
      refused: scheduler.refused,
      deliveries,
      intake,
      now: clock.now(),
    });
    return {
      status: severityOf(problems),
      service: "alert-runner",
      version: VERSION,
      started: started.toISOString(),
      store,
      running: isRunning(),
      runners: share.runners.map(runnerView),
      alerts: { loaded: states.length, enabled: enabled.length, failing: names },
      slots: { ...runs, ...slotCounts() },
      problems: problems.map(({ problem }) => problem),
      intake: intakeStatus(intake),
      deliveries,
      clock: { setBack: setBack === null ? null : { at: setBack.at.toISOString(), byMs: setBack.byMs } },
      failures,
    };
  };

const runnerView = ({ id, host, version, isSelf, shards, standstill }: LiveRunner) => ({
  ...{ id, host, version, self: isSelf, shards: shards.size, standstill },
});

const runCounts = async ({ runs }: Pick<Metrics, "runs">): Promise<{ ran: number; failed: number }> => {
  const { values } = await runs.get();
  const sum = (counted: typeof values): number => counted.reduce((total, { value }) => total + value, 0);
  return { ran: sum(values), failed: sum(values.filter(({ labels }) => labels.health === "error")) };
};

const intakeStatus = ({ watch, budget }: Intake): ServiceStatus["intake"] => ({
  saved: watch.saved,
  keptInPart: watch.keptInPart,
  refusedEvents: refusalsOf(watch.refusedEvents),
  refusedRequests: refusalsOf(watch.refusedRequests),
  bytesInFlight: budget.used,
  bytesInFlightLimit: budget.limit,
});

const refusalsOf = (refusals: ReadonlyMap<string, Refusals>): ServiceStatus["intake"]["refusedEvents"] =>
  [...refusals]
    .map(([code, { total, last, example }]) => ({ code, total, last: isoUtc(last), example }))
    .sort((a, b) => b.total - a.total);

const storeStatus = async (
  { store, kind, room }: OpenedStore,
  deletedDays: readonly DeletedDay[],
): Promise<ServiceStatus["store"]> => {
  const now = room?.() ?? null;
  const deleted = deletedDays.map(({ index, at }) => ({ index, at: isoUtc(at) }));
  const events = now === null ? null : { ...now.events, deleted };
  const { ok, error } = now?.refusal != null ? { ok: false, error: now.refusal } : await answerOf(store);
  return { kind, ok, error, ...(await productOf({ store, kind }, ok)), events };
};

/** A cluster is asked once; one that does not answer is not asked a second thing. */
const productOf = async (
  { store, kind }: Pick<OpenedStore, "store" | "kind">,
  isAnswering: boolean,
): Promise<Pick<ServiceStatus["store"], "product" | "version">> => {
  const unknown = { product: null, version: null };
  if (kind === "embedded" || !isAnswering) return unknown;
  try {
    const { family, version } = await store.server();
    return { product: family, version };
  } catch {
    return unknown; // what is wrong with it is said by whatever needs it
  }
};

/** Whoever asks how the service is waits for the answer. */
const ASKED = { requestTimeout: 3_000, maxRetries: 0, ...inLane("urgent") };

const answerOf = async (store: AlertStore): Promise<Pick<ServiceStatus["store"], "ok" | "error">> => {
  try {
    const { status } = await store.client.cluster.health({}, ASKED);
    const ok = status.toLowerCase() !== "red";
    return { ok, error: ok ? null : "The cluster is red: some of its data cannot be reached." };
  } catch (error) {
    return isHealthHidden(error) ? searchable(store) : { ok: false, error: messageOf(error) };
  }
};

/** A credential may be kept from the health of the cluster, and some managed clusters have none to show. */
const isHealthHidden = (error: unknown): boolean => [403, 404, 410].some((status) => isStatus(error, status));

const searchable = async ({ client, names }: AlertStore): Promise<Pick<ServiceStatus["store"], "ok" | "error">> => {
  try {
    const index = names.physical(STATE_INDEX);
    await client.search({ index, size: 0 }, ASKED);
    return { ok: true, error: null };
  } catch (error) {
    return { ok: false, error: messageOf(error) };
  }
};
