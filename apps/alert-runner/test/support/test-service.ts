import {
  createExceptions,
  createOutbox,
  createRegistry,
  inProcessHost,
  type Outbox,
  Scheduler,
  soleShare,
  tasksByName,
} from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import { saveEvents } from "@mozdef/alert-store";
import type { AlertPack } from "@mozdef/alert";
import type { FastifyInstance, InjectOptions } from "fastify";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { guardedFetch } from "../../src/host/guarded-fetch.ts";
import type { ConfigInput } from "../../src/config/config-schema.ts";
import { readConfig } from "../../src/config/define-config.ts";
import { createLogIn, type LogIn } from "../../src/auth/log-in.ts";
import { storedAuditLog } from "../../src/audit/audit-log.ts";
import { createIntake, type Intake } from "../../src/intake/create-intake.ts";
import { createRouting } from "../../src/service/create-routing.ts";
import { createServer } from "../../src/service/create-server.ts";
import { createMetrics, type Metrics, metricsObserver } from "../../src/metrics.ts";
import { slotsOf } from "../../src/status/slots.ts";
import { messageLinks } from "../../src/links/signed-links.ts";
import type { AlertChangerOptions } from "../../src/alerts/change-alerts.ts";
import { serviceStatus } from "../../src/service/service-status.ts";
import type { OpenedStore } from "../../src/store/opened-store.ts";
import { testStore } from "./test-store.ts";

/** The service without its loop and without a port: a test moves the clock and says when to look at it. */
export interface TestService {
  readonly app: FastifyInstance;
  readonly clock: FakeClock;
  readonly opened: OpenedStore;
  readonly scheduler: Scheduler;
  readonly outbox: Outbox;
  readonly metrics: Metrics;
  readonly intake: Intake;
  readonly logIn: LogIn;
  /** A scheduler as it would be after a restart. */
  readonly restarted: () => Promise<Scheduler>;
  /** Moves the clock and waits for whatever is due. */
  readonly tickAt: (now: string) => Promise<void>;
  readonly save: (...events: object[]) => Promise<void>;
  /** A request; `json` is sent as such. */
  readonly call: (options: InjectOptions & { readonly json?: unknown }) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The body as it came. */
  readonly text: string;
  readonly body: AnswerBody;
}

/** The keys of all answers together; a test looks at those of its route. */
export interface AnswerBody {
  readonly clock: unknown;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly error: { readonly code: string; readonly message: string };
  readonly saved: number;
  readonly refused: readonly {
    readonly line: number;
    readonly lastLine?: number;
    readonly code: string;
    readonly reason: string;
  }[];
  readonly moreRefused: number;
  readonly items: readonly Readonly<Record<string, { readonly status: number }>>[];
  readonly total: number;
  readonly alerts: readonly Document[];
  readonly severities: readonly unknown[];
  readonly categories: readonly unknown[];
  readonly statuses: readonly unknown[];
  readonly names: readonly unknown[];
  readonly buckets: readonly { readonly count: number }[];
  readonly schedules: readonly { readonly name: string; readonly source: string | null }[];
  readonly runs: readonly { readonly alert: string }[];
  readonly status: string;
  readonly store: Readonly<Record<string, unknown>>;
  readonly _source: Document["_source"];
}

interface Document {
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

export interface TestServiceOptions {
  readonly packs: readonly AlertPack[];
  readonly config?: Omit<ConfigInput, "packs">;
  readonly webRoot?: string;
  readonly onAlertChanged?: AlertChangerOptions["onAlertChanged"];
  /** Whether its store may be read. Default false. */
  readonly isReadable?: boolean;
  /** When it is at first. */
  readonly start?: string;
  /** Default: an empty store in memory. */
  readonly openStore?: (now: Date) => Promise<OpenedStore>;
}

/** What the commands of the machine show. */
export const LOCAL_KEY = "local-key-of-tests";

const START = "2026-01-01T00:00:30.000Z";

export const testService = async ({
  packs,
  config: input = {},
  webRoot = "/nowhere",
  onAlertChanged,
  start = START,
  openStore = testStore,
  isReadable = false,
}: TestServiceOptions): Promise<TestService> => {
  const clock = new FakeClock(start);
  const opened = await openStore(clock.now());
  const { store } = opened;
  const config = readConfig(input, "test");
  const registry = await createRegistry(
    packs.map((pack, index) => ({ source: `pack${index}`, pack })),
    config.alerts,
  );
  const metrics = createMetrics();
  const log = pino({ level: "silent" });
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const services = { log: silent, dns: { reverse: () => Promise.resolve(null) }, fetch };
  const intake = createIntake({
    clock,
    metrics,
    log,
    limits: config.limits,
    parsers: packs.flatMap((pack) => pack.parsers),
  });
  const onFailure = (error: unknown): never => {
    throw error;
  };
  const { routes, mutes, router } = createRouting({ store, config, onFailure });
  const exceptions = createExceptions(store);
  const host = inProcessHost({ store, services, sources: config.sources, tasks: tasksByName(registry) });
  const newScheduler = () =>
    new Scheduler({
      store,
      clock,
      observer: metricsObserver(metrics),
      alerts: registry.alerts,
      limits: { ...config.limits, runMs: 5_000 },
      signal: new AbortController().signal,
      host,
      services,
      settle: (until) => intake.underway.settled(until, clock),
      sources: config.sources,
      plugins: config.plugins,
      router,
      exceptions,
    });
  const links = messageLinks(store, config.listen);
  const outbox = createOutbox({
    links: links?.linksOf,
    ...{ store, clock, actions: config.actions, routes, mutes, services },
    observer: metricsObserver(metrics),
  });
  const scheduler = newScheduler();
  await scheduler.load();
  const slots = slotsOf({ scheduler, clock, isPrepared: () => true, silentMs: opened.silentMs });
  const status = serviceStatus({
    opened,
    scheduler,
    registry,
    intake,
    clock,
    started: clock.now(),
    share: soleShare("test", () => ({ version: "0.0.0", packs: {}, standstill: null })),
    isRunning: () => true,
    outbox,
    metrics,
    slotCounts: slots.slotCounts,
  });
  const wrongAnswers: string[] = [];
  const onWrongAnswer = (problem: string) => wrongAnswers.push(problem);
  const logIn = createLogIn({
    store,
    clock,
    auth: config.auth,
    localKey: LOCAL_KEY,
    fetch: guardedFetch({ allow: [], isConfigured: true }),
  });
  const app = await createServer({
    audit: storedAuditLog(store, clock, log),
    logIn,
    store,
    config,
    clock,
    metrics,
    intake,
    scheduler,
    host,
    outbox,
    mutes,
    exceptions,
    status,
    links,
    shards: () => 16,
    slots,
    log,
    isReadable,
    webRoot,
    onAlertChanged,
    onWrongAnswer,
  });
  onTestFinished(async () => {
    await app.close();
    await opened.close();
    expect(wrongAnswers).toEqual([]);
  });
  return {
    app,
    clock,
    opened,
    scheduler,
    outbox,
    metrics,
    intake,
    logIn,
    restarted: async () => {
      const next = newScheduler();
      await next.load();
      return next;
    },
    tickAt: async (now) => {
      clock.set(now);
      await (
        await scheduler.tick()
      ).done;
    },
    save: async (...events) => {
      const saved = await saveEvents(store, events, { now: clock.now(), refresh: true });
      const refused = saved.find(({ ok }) => !ok);
      if (refused !== undefined) throw new Error(JSON.stringify(refused));
    },
    call: async ({ json, ...options }) => {
      const headers = { ...(json !== undefined && { "content-type": "application/json" }), ...options.headers };
      const payload = json === undefined ? {} : { payload: JSON.stringify(json) };
      const response = await app.inject({ ...payload, ...options, headers });
      const isJson = response.body !== "" && String(response.headers["content-type"]).startsWith("application/json");
      const body = (isJson ? response.json() : {}) as AnswerBody;
      return { status: response.statusCode, headers: response.headers, text: response.body, body };
    },
  };
};
