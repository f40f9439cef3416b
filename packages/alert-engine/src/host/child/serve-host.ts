import { messageOf } from "@mozdef/alert";
import { AlertError, type Log } from "@mozdef/alert/runtime";
import type { Relay, RelayedAnswer } from "@mozdef/alert-store";
import { Socket } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import { serialize } from "node:v8";
import type { AlertHost, Planned, StageOutcome, StageScope, TaskRef } from "../alert-host.ts";
import { confine } from "./confine.ts";
import { CHANNEL_FD, Frames } from "./frames.ts";
import { Groupings } from "./groupings.ts";
import { shortFields, shortMessage } from "./log-budget.ts";
import {
  type FromChild,
  type IndexedResult,
  type Packed,
  packEvaluated,
  packGrouped,
  packPlanned,
  type ToChild,
  unpackAnswers,
} from "./protocol.ts";
import { SentPlans } from "./unchanged-plans.ts";

/** What the process that has the store does for this one. */
export interface ParentLink {
  /** @param cluster - The name of a source that has a cluster of its own; null for the store of the service. */
  readonly relay: (cluster: string | null) => Relay;
  readonly log: Log;
}

/** The alerts of this process. */
export interface ServedAlerts {
  readonly host: AlertHost;
  /** Reads rules again. */
  readonly reload: () => Promise<unknown>;
}

/** Started together; then what is done is sent, before others can block the process. */
const TOGETHER = 64;

/**
 * Runs alerts for the process that has started this one by `childHost`. Returns at once; the process ends with the other one.
 *
 * @param load - Makes the alerts. When it fails, the other process is told and this one ends.
 */
export const serveHost = (load: (link: ParentLink) => Promise<ServedAlerts>): void => {
  confine();
  const channel = new Socket({ fd: CHANNEL_FD });
  const end = (): never => process.exit(0);
  let key = Buffer.alloc(0);
  const say = (message: FromChild): void => frames.say(message, key);
  const link = new Link(say);
  const calls = new Map<number, AbortController>();
  let ready: Promise<ServedAlerts> | undefined;
  const start = async (): Promise<ServedAlerts> => {
    try {
      const served = await load(link);
      say({ kind: "ready" });
      return served;
    } catch (error) {
      say({ kind: "failed", message: messageOf(error) });
      channel.end(() => process.exit(1));
      throw error;
    }
  };

  const groupings = new Groupings();
  const plans = new SentPlans();
  const run = async (message: Call, served: Promise<ServedAlerts>): Promise<void> => {
    const host = groupings.of((await served).host);
    const controller = new AbortController();
    calls.set(message.id, controller);
    await runCall({ host, plans }, message, controller.signal, say);
    calls.delete(message.id);
  };

  // A promise that an alert forgot to await must not end the process for all others.
  process.on("unhandledRejection", (error) =>
    link.log.error(`an alert left a promise that failed: ${messageOf(error)}`),
  );
  // Whoever stops the service tells all of its processes: this one goes on until the other has finished what is running.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
  channel.on("close", end);
  const hear = (message: ToChild): void => {
    if (message.kind === "key") {
      key = Buffer.from(message.key);
      ready = start();
      // Said already, and the process ends.
      ready.catch(() => undefined);
    } else if (message.kind === "ping") say({ kind: "pong", number: message.number });
    else if (message.kind === "relayed") link.take(message.id, message.answer);
    else if (message.kind === "abort") calls.get(message.id)?.abort();
    else if (ready === undefined) return;
    else if (message.kind === "reload") ready = reloaded(ready);
    else void run(message, ready);
  };
  const frames = new Frames(channel, { hear: (message) => hear(message as ToChild), onBroken: end });
};

/** Longest time to read rules again, in milliseconds. */
const RELOAD_MS = 10_000;

/** Calls that come meanwhile wait for it. What cannot be read stays as it was: the registry says so itself. */
const reloaded = async (before: Promise<ServedAlerts>): Promise<ServedAlerts> => {
  const served = await before;
  const late = new AbortController();
  await Promise.race([served.reload().catch(() => undefined), setTimeout(RELOAD_MS, undefined, late)]);
  late.abort();
  return served;
};

type Call = Extract<ToChild, { readonly kind: "plan" | "group" | "evaluate" }>;

/** What answers calls. */
interface Answering {
  readonly host: AlertHost;
  readonly plans: SentPlans;
}

/** Each task by itself, so that what is done is known when another one takes the process along. */
const runCall = async (
  answering: Answering,
  call: Call,
  signal: AbortSignal,
  say: (message: FromChild) => void,
): Promise<void> => {
  const scope: StageScope = { ...call.scope, signal };
  const work = worksOf(answering, call, scope);
  let done: IndexedResult[] = [];
  const flush = (): void => {
    if (done.length === 0) return;
    const results = done;
    done = [];
    sendResults(call.id, results, say);
  };
  const running: Promise<void>[] = [];
  for (let from = 0; from < work.length; from += TOGETHER) {
    for (const [offset, one] of work.slice(from, from + TOGETHER).entries())
      running.push(one().then((result) => void done.push([from + offset, result])));
    await setImmediate();
    flush();
  }
  // Those that wait for something are sent as they come.
  await Promise.all(running.map((one) => one.then(() => setImmediate()).then(flush)));
};

const worksOf = ({ host, plans }: Answering, call: Call, scope: StageScope): readonly (() => Promise<Packed>)[] => {
  if (call.kind === "group")
    return [
      async () => {
        try {
          return packGrouped(await host.group(call.events, scope));
        } catch (cause) {
          return packGrouped({ keys: [], errors: [unexpected(cause)], isComplete: false });
        }
      },
    ];
  return call.kind === "plan"
    ? call.tasks.map((task) => async () => {
        try {
          return crossing(plans, task, only(await host.plan([task], scope)));
        } catch (cause) {
          return crossing(plans, task, { ...failed(unexpected(cause)), searches: [] });
        }
      })
    : call.answers.map((answers) => async () => {
        try {
          return packEvaluated(only(await host.evaluate([unpackAnswers(answers)], scope)));
        } catch (cause) {
          return packEvaluated({ ...failed(unexpected(cause)), alerts: [] });
        }
      });
};

/** A host does not reject for what an alert does; whoever waits must get an answer all the same. */
const unexpected = (cause: unknown): AlertError =>
  new AlertError("ALERT_FAILED", `The process of the alerts failed on it: ${messageOf(cause)}`, { cause });

const failed = (error: AlertError): StageOutcome => ({
  ...{ errors: [error], warnings: [], kept: [], isComplete: false, durationMs: 0 },
});

const only = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error("The host answered nothing.");
  return one;
};

/** Something that cannot cross, such as a function in the data of a search, is the fault of its alert alone. */
const crossing = (plans: SentPlans, { id }: TaskRef, planned: Planned): Packed => {
  const searchesOf = (searches: readonly Packed[]) => plans.searchesOf(id, searches);
  try {
    // The searches count as sent once they are packed: what else there is must not fail after them.
    if (planned.kept.length > 0) serialize(planned.kept);
    return packPlanned(planned, searchesOf);
  } catch (cause) {
    return packPlanned({ ...failed(uncrossed(cause)), searches: [] }, searchesOf);
  }
};

const sendResults = (id: number, results: readonly IndexedResult[], say: (message: FromChild) => void): void => {
  try {
    say({ kind: "results", id, results });
  } catch (cause) {
    const [first] = results;
    if (results.length > 1) for (const result of results) sendResults(id, [result], say);
    else if (first !== undefined)
      say({ kind: "results", id, results: [[first[0], packEvaluated({ ...failed(uncrossed(cause)), alerts: [] })]] });
  }
};

const uncrossed = (cause: unknown): AlertError =>
  new AlertError(
    "ALERT_SEARCH_INVALID",
    `An alert handed on what is not data. Expected: options and data of a search that can be copied to another process. Received: ${messageOf(cause)}.`,
  );

class Link implements ParentLink {
  readonly log: Log;
  readonly #say: (message: FromChild) => void;
  readonly #asked = new Map<number, { resolve: (answer: RelayedAnswer) => void; reject: (error: Error) => void }>();
  #last = 0;

  constructor(say: (message: FromChild) => void) {
    this.#say = say;
    const at =
      (level: "debug" | "info" | "warn" | "error") =>
      (message: string, fields?: Readonly<Record<string, unknown>>): void =>
        this.#log(level, message, fields);
    this.log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  }

  readonly relay =
    (cluster: string | null): Relay =>
    (request) =>
      new Promise((resolve, reject) => {
        const id = ++this.#last;
        this.#asked.set(id, { resolve, reject });
        this.#say({ kind: "relay", id, cluster, request });
      });

  take(id: number, answer: RelayedAnswer | { readonly failure: string }): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if ("failure" in answer) asked?.reject(new Error(answer.failure));
    else asked?.resolve(answer);
  }

  /** Fields are for reading: what cannot cross is shown as text. */
  #log(level: "debug" | "info" | "warn" | "error", message: string, fields?: Readonly<Record<string, unknown>>): void {
    const said = { kind: "log", level, message: shortMessage(message) } as const;
    try {
      this.#say({ ...said, fields: shortFields(fields) });
    } catch {
      this.#say({ ...said, fields: { fields: shortMessage(JSON.stringify(fields)) } });
    }
  }
}
