import { messageOf } from "@mozdef/alert";
import type { ServiceStatus, StatusProblem } from "@mozdef/alert-api";
import type { BackfillPart, LiveRunner, Suspension } from "@mozdef/alert-engine";
import type { Intake } from "../intake/create-intake.ts";
import type { Refusals } from "../intake/intake-watch.ts";

export interface StatusFacts {
  readonly store: ServiceStatus["store"];
  /** How many alerts are enabled, and which of them fail. */
  readonly enabled: number;
  readonly failing: readonly string[];
  /** Which of them may not see all events that they look for. */
  readonly blind: readonly string[];
  /** Why the watchdog's address does not take calls; null when it does. */
  readonly watchdogFailure: string | null;
  /** Which of them are not run now, and why. */
  readonly suspended: readonly Suspension[];
  /** Which of them have not run at their slots for more than two periods. */
  readonly standing: readonly string[];
  /** Why the indices could not be kept in order; null when they are. */
  readonly maintenanceFailure: unknown;
  /** Packs and alerts that could not be loaded. */
  readonly failures: ServiceStatus["failures"];
  /** Slots of the past that this instance has still to run. */
  readonly backfills: readonly BackfillPart[];
  /** Why decisions cannot be carried out at present, and why parts of some never will be. */
  readonly unfinished: readonly string[];
  readonly refused: readonly string[];
  /** Instances on the same store that are alive. */
  readonly runners: readonly LiveRunner[];
  readonly deliveries: ServiceStatus["deliveries"];
  readonly intake: Pick<Intake, "watch">;
  readonly now: Date;
}

/** A problem, and how much of the service it takes away. */
export interface Weighed {
  readonly severity: "degraded" | "error";
  readonly problem: StatusProblem;
}

/** For how long a refusal counts as ongoing, in milliseconds. */
const RECENT_MS = 60_000;
const MAX_NAMES = 100;

/** Everything that is lost, held back or does not run now, the worst first. */
export const statusProblems = ({
  store,
  enabled,
  failing,
  blind,
  suspended,
  standing,
  watchdogFailure,
  maintenanceFailure,
  failures,
  runners,
  backfills,
  unfinished,
  refused,
  deliveries,
  intake,
  now,
}: StatusFacts): readonly Weighed[] => [
  ...storeProblem(store),
  ...roomProblem(store),
  ...alertsProblem(enabled, failing),
  ...suspendedProblem(suspended),
  ...standingProblem(enabled, standing),
  ...blindProblem(blind),
  ...maintenanceProblem(maintenanceFailure),
  ...watchdogProblem(watchdogFailure),
  ...loadProblem(failures),
  ...decisionProblems(unfinished, refused),
  ...runnerProblems(runners),
  ...backlogProblem(backfills.filter(({ reason }) => reason === "missed")),
  ...deliveryProblems(deliveries ?? []),
  ...refusalProblems(intake.watch.refusedRequests, now, "Requests with events are refused"),
  ...refusalProblems(intake.watch.refusedEvents, now, "Events are refused"),
];

export const severityOf = (problems: readonly Weighed[]): ServiceStatus["status"] => {
  if (problems.some(({ severity }) => severity === "error")) return "error";
  return problems.length > 0 ? "degraded" : "ok";
};

const storeProblem = ({ ok, error, kind }: StatusFacts["store"]): readonly Weighed[] => {
  if (ok) return [];
  const message = `The store does not work: ${(error ?? "it says no reason").replace(/\.$/, "")}. Nothing is saved and no alert runs: ${kind === "cluster" ? "look at the cluster and at store in the configuration" : "look at the disk and the log"}.`;
  return [{ severity: "error", problem: { code: "STORE_AWAY", message } }];
};

const roomProblem = ({ ok, events }: StatusFacts["store"]): readonly Weighed[] => {
  if (!ok || events?.refusal == null) return [];
  const message = `Events are refused, since the store has no room for them: ${events.refusal} Those who send have to wait; alerts run on. Keep fewer days (retention.eventsDays), or give the store more disk.`;
  return [{ severity: "error", problem: { code: "EVENTS_FULL", message } }];
};

const alertsProblem = (enabled: number, failing: readonly string[]): readonly Weighed[] => {
  if (failing.length === 0) return [];
  const isAll = failing.length === enabled;
  const message = `${isAll ? "All" : failing.length} of ${enabled} alerts failed when they ran last. GET /api/runs?health=error says why.`;
  const names = failing.slice(0, MAX_NAMES);
  return [{ severity: isAll ? "error" : "degraded", problem: { code: "ALERTS_FAILING", message, names } }];
};

const watchdogProblem = (failure: string | null): readonly Weighed[] => {
  if (failure === null) return [];
  const message = `The address of the watchdog does not take calls, and will raise the alarm: ${failure}. Look at watchdog.url in the configuration.`;
  return [{ severity: "degraded", problem: { code: "WATCHDOG_FAILING", message } }];
};

const suspendedProblem = (suspended: readonly Suspension[]): readonly Weighed[] => {
  const [first] = suspended;
  if (first === undefined) return [];
  const message = `Alerts are not run for a while, since they have taken their process along; the others go on. ${first.name}: ${first.reason} (times in a row: ${first.strikes}); it is run again in ${Math.ceil(first.leftMs / 1_000)} s, or when somebody says so: PATCH /api/schedules/{name} with { "release": true }.`;
  const names = suspended.map(({ name }) => name).slice(0, MAX_NAMES);
  return [{ severity: "degraded", problem: { code: "ALERTS_SUSPENDED", message, names } }];
};

const standingProblem = (enabled: number, standing: readonly string[]): readonly Weighed[] => {
  if (standing.length === 0) return [];
  const isAll = standing.length === enabled;
  const message = `${isAll ? "All" : standing.length} of ${enabled} alerts have not run at their slots for more than two of their periods: the store fails on them, or they take too long. The log and GET /api/runs say why.`;
  const names = standing.slice(0, MAX_NAMES);
  return [{ severity: isAll ? "error" : "degraded", problem: { code: "ALERTS_STANDING", message, names } }];
};

const maintenanceProblem = (failure: unknown): readonly Weighed[] => {
  if (failure === null) return [];
  const message = `The indices of tomorrow could not be made, or expired days not be deleted; it is tried again, and alerts run on: ${messageOf(failure)}`;
  return [{ severity: "degraded", problem: { code: "MAINTENANCE_FAILING", message } }];
};

const blindProblem = (blind: readonly string[]): readonly Weighed[] => {
  if (blind.length === 0) return [];
  const message =
    "Alerts may not see all events that they look for: no index is where they look, or there are more events than they take. The warnings of GET /api/runs say which and what to do.";
  return [{ severity: "degraded", problem: { code: "ALERTS_BLIND", message, names: blind.slice(0, MAX_NAMES) } }];
};

const deliveryProblems = (targets: NonNullable<ServiceStatus["deliveries"]>): readonly Weighed[] => {
  const named = (wanted: typeof targets, code: string, message: string): readonly Weighed[] =>
    wanted.length === 0
      ? []
      : [{ severity: "degraded", problem: { code, message, names: wanted.map(({ target }) => target) } }];
  return [
    ...named(
      targets.filter(({ failures }) => failures > 0),
      "DELIVERIES_FAILING",
      "Targets do not take alerts; it is tried again for a day. deliveries says what they answered.",
    ),
    ...named(
      targets.filter(({ dead }) => dead > 0),
      "DELIVERIES_DEAD",
      "Alerts were given up for these targets. GET /api/deliveries?status=dead says why; POST /api/deliveries/replay sends them again.",
    ),
    ...named(
      targets.filter(({ configured, pending }) => !configured && pending > 0),
      "DELIVERIES_UNCONFIGURED",
      "Alerts wait for targets that the configuration does not have (any more): they are sent once it does.",
    ),
  ];
};

const runnerProblems = (runners: readonly LiveRunner[]): readonly Weighed[] => {
  const self = runners.find(({ isSelf }) => isSelf);
  const others = runners.filter(({ isSelf }) => !isSelf);
  const standing = others.filter(({ standstill }) => standstill !== null);
  const differing = others.flatMap((other) => (self === undefined ? [] : differences(self, other)));
  return [
    ...standing.map(({ host, id, standstill }): Weighed => {
      const message = `The instance on ${host} (${id}) does not get on with its alerts: ${standstill ?? ""}`;
      return { severity: "degraded", problem: { code: "RUNNER_STANDING", message } };
    }),
    ...(differing.length === 0 ? [] : [versionProblem(differing)]),
  ];
};

/** What runs differently on another instance, in words. */
const differences = (self: LiveRunner, other: LiveRunner): readonly string[] => {
  const names = [...new Set([...Object.keys(self.packs), ...Object.keys(other.packs)])].sort();
  const wrong = names.filter((name) => self.packs[name] !== other.packs[name]);
  const service = self.version === other.version ? [] : [`the service ${self.version} here, ${other.version} there`];
  return [
    ...service,
    ...wrong.map((name) => `${name} ${self.packs[name] ?? "not"} here, ${other.packs[name] ?? "not"} there`),
  ].map((difference) => `${other.host}: ${difference}`);
};

const decisionProblems = (unfinished: readonly string[], refused: readonly string[]): readonly Weighed[] => {
  const problem = (code: string, message: string): Weighed => ({
    severity: "degraded",
    problem: { code, message },
  });
  return [
    ...unfinished
      .slice(0, 1)
      .map((first) =>
        problem(
          "DECISIONS_UNFINISHED",
          `What slots have decided cannot be carried out at present; it is tried again for a day, and alerts run on: ${first}`,
        ),
      ),
    ...refused
      .slice(0, 1)
      .map((newest) =>
        problem(
          "DECISIONS_REFUSED",
          `Parts of what slots have decided will never be carried out (${refused.length} since the start): ${newest} GET /api/runs?health=error has the runs.`,
        ),
      ),
  ];
};

const backlogProblem = (missed: readonly BackfillPart[]): readonly Weighed[] => {
  const [first] = missed.map(({ doneTo }) => doneTo).sort();
  if (first === undefined) return [];
  const names = [...new Set(missed.flatMap(({ alerts }) => alerts))].sort();
  const message = `Slots that ${names.length} alerts have missed are caught up, from ${first} on, beside those of the present. GET /api/backfills says how far it is.`;
  return [{ severity: "degraded", problem: { code: "SLOTS_BEHIND", message, names: names.slice(0, MAX_NAMES) } }];
};

const versionProblem = (differing: readonly string[]): Weighed => ({
  severity: "degraded",
  problem: {
    code: "RUNNERS_DIFFER",
    message: `Instances on the same store have other versions than this one. Each alert runs in the version of whoever has its shard, and one that this instance does not have is not run by it: bring all to one version.`,
    names: differing.slice(0, MAX_NAMES),
  },
});

const loadProblem = (failures: StatusFacts["failures"]): readonly Weighed[] => {
  if (failures.length === 0) return [];
  const message = "Packs, alerts or rules could not be loaded and do not run: failures says why.";
  const names = [...new Set(failures.map(({ source }) => source))].slice(0, MAX_NAMES);
  return [{ severity: "degraded", problem: { code: "ALERTS_NOT_LOADED", message, names } }];
};

const refusalProblems = (refusals: ReadonlyMap<string, Refusals>, now: Date, what: string): readonly Weighed[] =>
  [...refusals]
    .filter(([, { last }]) => now.getTime() - last.getTime() < RECENT_MS)
    .map(([code, { total, example }]) => {
      const message = `${what}, the last one within a minute, ${total} since the start: ${example.replace(/[^.!?]$/, "$&.")} docs/errors.md says what to do about ${code}.`;
      return { severity: "degraded", problem: { code, message } };
    });
