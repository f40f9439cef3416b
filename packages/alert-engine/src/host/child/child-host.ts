import { AlertError } from "@mozdef/alert/runtime";
import { EngineError } from "../../engine-error.ts";
import type {
  AlertHost,
  Evaluated,
  EventsToGroup,
  GroupedEvents,
  Planned,
  StageOutcome,
  StageScope,
  TaskAnswers,
  TaskRef,
} from "../alert-host.ts";
import { type EndReason, HostProcess, type HostProcessOptions, STOPPED } from "./host-process.ts";
import { type Packed, packAnswers, type SentScope, unpackEvaluated, unpackGrouped, unpackPlanned } from "./protocol.ts";

/** An alert that has taken its process along, and is not run for a while. */
export interface Suspension {
  readonly name: string;
  /** How often in a row. */
  readonly strikes: number;
  readonly reason: EndReason;
  /** For how long it is not run from now on, in milliseconds. */
  readonly leftMs: number;
}

export interface ChildHost extends AlertHost {
  /** Memory in bytes that its process takes as the system sees it; 0 when it has none now, and where the system does not say. */
  readonly residentBytes: number;
  /** Alerts that are not run now, since they have taken their process along. */
  suspended(): readonly Suspension[];
  release(name: string): void;
  /** Rules have changed. */
  reload(): void;
  /**
   * The code of the alerts has changed: starts a process with the new code. The one before goes on until the renewal is used.
   *
   * @throws {EngineError} `HOST_FAILED` when no process can be started with it: nothing has changed then.
   */
  renew(): Promise<Renewal>;
  /** Ends its process. */
  close(): void;
}

/** A process with new code that is ready, and waits. Call one of the two. */
export interface Renewal {
  /** From now on it runs the alerts. Those that were suspended are run again. */
  readonly use: () => void;
  /** It is not wanted after all. */
  readonly drop: () => void;
}

/** The first pause after an alert took its process along, in milliseconds; it doubles up to an hour. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How a call has ended. */
interface Ended {
  /** Why it has no further results; null when it has all. */
  readonly reason: EndReason | null;
  /** Whether nothing else has run in its process. */
  readonly isOwn: boolean;
}

interface Strike {
  readonly strikes: number;
  readonly pauseMs: number;
  readonly reason: EndReason;
  /** By the clock of this process that nobody can set. */
  readonly until: number;
}

/**
 * Runs alerts in a process of their own, which is started when it is needed first and again when it has ended. What blocks it, takes
 * too much memory or ends it is ended from here: that is the failure of the alert that did it. The others that were under way are done
 * again, one by one, and one of which it is not certain that it has ended its process, in one of its own; they may see what they did before the end once more.
 *
 * @returns a host that rejects with {@link EngineError} `HOST_FAILED` when no process can be started.
 */
export const childHost = (options: HostProcessOptions): ChildHost => new ChildProcessHost(options);

class ChildProcessHost implements ChildHost {
  readonly #options: HostProcessOptions;
  readonly #strikes = new Map<string, Strike>();
  readonly #apartOnes = new Set<HostProcess>();
  #process: HostProcess | undefined;
  /** Has no alerts yet. */
  #spare: HostProcess | undefined;

  constructor(options: HostProcessOptions) {
    this.#options = options;
    this.#keepSpare();
  }

  async plan(tasks: readonly TaskRef[], scope: StageScope): Promise<readonly Planned[]> {
    const sent = sentScope(scope);
    const results = await this.#runAll(
      tasks,
      tasks,
      (chosen) => (id) => ({ kind: "plan", id, tasks: chosen, scope: sent }),
      scope,
    );
    return results.map((result, index) =>
      this.#unpacked(tasks[index], result, unpackPlanned, (error) => ({ ...failed(error), searches: [] })),
    );
  }

  async group(events: EventsToGroup, scope: StageScope): Promise<GroupedEvents> {
    const sent = sentScope(scope);
    const [result] = await this.#runAll(
      [events.task],
      [events],
      () => (id) => ({ kind: "group", id, events, scope: sent }),
      scope,
    );
    return this.#unpacked(events.task, result ?? lost(), unpackGrouped, (error) => ({
      ...{ keys: [], errors: [error], isComplete: false },
    }));
  }

  async evaluate(answers: readonly TaskAnswers[], scope: StageScope): Promise<readonly Evaluated[]> {
    const sent = sentScope(scope);
    const results = await this.#runAll(
      answers.map(({ task }) => task),
      answers.map(packAnswers),
      (chosen) => (id) => ({ kind: "evaluate", id, answers: chosen, scope: sent }),
      scope,
    );
    return results.map((result, index) =>
      this.#unpacked(answers[index]?.task, result, unpackEvaluated, (error) => ({ ...failed(error), alerts: [] })),
    );
  }

  /** Code of alerts can reach what is sent: what cannot be read is its own failure. */
  #unpacked<T>(
    task: TaskRef | undefined,
    result: Packed | AlertError,
    unpack: (packed: Packed) => T,
    orFailed: (error: AlertError) => T,
  ): T {
    if (result instanceof AlertError) return orFailed(result);
    try {
      return unpack(result);
    } catch {
      return orFailed(this.#strike(task?.name ?? "", "its process said what nobody understands"));
    }
  }

  get residentBytes(): number {
    return this.#process?.isAlive === true ? this.#process.residentBytes : 0;
  }

  suspended(): readonly Suspension[] {
    const now = performance.now();
    return [...this.#strikes].flatMap(([name, { strikes, reason, until }]) =>
      until > now ? [{ name, strikes, reason, leftMs: Math.round(until - now) }] : [],
    );
  }

  /** As if it had never taken its process along. */
  release(name: string): void {
    this.#strikes.delete(name);
  }

  reload(): void {
    this.#process?.reload();
  }

  async renew(): Promise<Renewal> {
    const spare = this.#spare?.isAlive === true ? this.#spare : new HostProcess(this.#options);
    this.#keepSpare();
    const next = await this.#ready(spare.begin());
    return {
      use: () => {
        const before = this.#process;
        this.#process = next;
        this.#strikes.clear();
        before?.retire();
      },
      drop: () => next.kill(STOPPED),
    };
  }

  close(): void {
    for (const child of [this.#process, this.#spare, ...this.#apartOnes]) child?.kill(STOPPED);
    this.#process = undefined;
    this.#spare = undefined;
  }

  #keepSpare(): void {
    this.#spare = this.#options.hasSpare === true ? new HostProcess(this.#options) : undefined;
  }

  /** All together at first; those that a dead process has left, one by one. */
  async #runAll<Work>(
    tasks: readonly TaskRef[],
    work: readonly Work[],
    messageOf: (work: readonly Work[]) => Parameters<HostProcess["call"]>[0],
    { timeoutMs, signal }: StageScope,
  ): Promise<readonly (Packed | AlertError)[]> {
    const results = new Map<number, Packed | AlertError>();
    const run = async (positions: readonly number[], child: HostProcess): Promise<Ended> => {
      const chosen = positions.flatMap((position) => work[position] ?? []) as readonly Work[];
      const reason = await child.call(messageOf(chosen), {
        ...{ count: chosen.length, timeoutMs, signal },
        onResults: (done) => {
          for (const [index, result] of done) {
            const position = positions[index] ?? -1;
            results.set(position, child.plans.withSearches(tasks[position]?.id ?? "", result));
          }
        },
      });
      return { reason, isOwn: positions.length === 1 && child.hasRunOneCall };
    };
    /** What ended a process in which others ran, too, may be what they do or have left. */
    const runAlone = async (position: number, before: Ended | null): Promise<void> => {
      let ended = before ?? (await run([position], await this.#started()));
      if (!results.has(position) && !ended.isOwn) ended = await this.#apart((child) => run([position], child));
      if (!results.has(position))
        results.set(position, this.#strike(tasks[position]?.name ?? "", ended.reason ?? "its process has ended"));
    };
    const allowed = tasks.flatMap(({ name }, position) => {
      const error = this.#suspension(name);
      if (error !== null) results.set(position, error);
      return error === null ? [position] : [];
    });
    const together = allowed.length === 0 ? null : await run(allowed, await this.#started());
    for (const position of allowed.filter((one) => !results.has(one)))
      await runAlone(position, allowed.length === 1 ? together : null);
    return tasks.map((_, position) => results.get(position) ?? lost());
  }

  #started(): Promise<HostProcess> {
    if (this.#process?.isAlive !== true) this.#process = new HostProcess(this.#options).begin();
    return this.#ready(this.#process);
  }

  /** Does something in a process that nothing else uses. */
  async #apart<T>(use: (child: HostProcess) => Promise<T>): Promise<T> {
    const child = new HostProcess(this.#options).begin();
    this.#apartOnes.add(child);
    try {
      return await use(await this.#ready(child));
    } finally {
      child.kill(STOPPED);
      this.#apartOnes.delete(child);
    }
  }

  async #ready(child: HostProcess): Promise<HostProcess> {
    try {
      await child.ready;
      return child;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError("HOST_FAILED", `The process that runs the alerts cannot be started: ${reason}`, { cause });
    }
  }

  #strike(name: string, reason: EndReason): AlertError {
    const before = this.#strikes.get(name);
    // Its `main` may be well, and its hook not: only time tells that it is well again.
    const isInARow = before !== undefined && performance.now() - before.until < LONGEST_PAUSE_MS;
    const strikes = (isInARow ? before.strikes : 0) + 1;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(strikes - 1, 10));
    this.#strikes.set(name, { strikes, pauseMs, reason, until: performance.now() + pauseMs });
    return new AlertError(
      "ALERT_KILLED",
      `${name} was ended: ${reason}. It is not run for ${pauseMs / 1_000} seconds; other alerts go on.`,
    );
  }

  /** Why an alert is not to be run now; null when it is. */
  #suspension(name: string): AlertError | null {
    const strike = this.#strikes.get(name);
    if (strike === undefined || strike.until <= performance.now()) return null;
    const { strikes, reason, pauseMs } = strike;
    return new AlertError(
      "ALERT_SUSPENDED",
      `${name} was ended (times in a row: ${strikes}): ${reason}. It is not run for ${pauseMs / 1_000} seconds from then.`,
    );
  }
}

const lost = (): never => {
  throw new Error("A task has neither a result nor a failure.");
};

/** The signal stays here: its end is a message. */
const sentScope = ({ now, isPast, timeoutMs }: StageScope): SentScope => ({ now, isPast, timeoutMs });

const failed = (error: AlertError): StageOutcome => ({
  errors: [error],
  warnings: [],
  kept: [],
  isComplete: false,
  durationMs: 0,
});
