import { type AlertPack, crontab, interval, messageOf, type Schedule, type Source } from "@mozdef/alert";
import {
  actionProblem,
  type AlertAction,
  type AlertPlugin,
  type CrontabOptions,
  type ExceptionSettings,
  isSource,
  pluginProblem,
  readException,
  readSchedule,
} from "@mozdef/alert/runtime";
import type { Duration } from "@mozdef/query";
import { getHeapStatistics } from "node:v8";
import { z } from "zod";
import { BUNDLED_PACKS } from "../manifest.ts";
import { authSchema } from "./auth-schema.ts";
import { intakeSchema } from "./intake-schema.ts";
import { isolationSchema } from "./isolation-schema.ts";
import { listenSchema } from "./listen-schema.ts";
import { packSource } from "./pack-source.ts";
import { routingProblems, routingShape } from "./routing-schema.ts";

const isPackLike = (value: unknown): boolean => typeof value === "object" && value !== null && "alerts" in value;

/** A schedule as code makes it, or as the API takes it. */
type ScheduleInput = Schedule | { readonly crontab: CrontabOptions } | { readonly interval: Duration };

const schedule = z.custom<ScheduleInput>().transform((value, context): Schedule => {
  try {
    return readSchedule(made(value));
  } catch (error) {
    context.addIssue({ code: "custom", message: messageOf(error) });
    return z.NEVER;
  }
});

/** Anything may stand in a file of JavaScript. */
const made = (value: ScheduleInput | null): unknown => {
  if (typeof value !== "object" || value === null || "kind" in value) return value;
  if ("crontab" in value) return crontab(onlyKey(value, "crontab"));
  return "interval" in value ? interval(onlyKey(value, "interval")) : value;
};

const onlyKey = <Key extends string, Value>(value: Readonly<Record<Key, Value>>, key: Key): Value => {
  const other = Object.keys(value).find((each) => each !== key);
  if (other !== undefined) throw new Error(`unknown key "${other}" beside "${key}"`);
  return value[key];
};

const auth = z.union(
  [
    z.strictObject({ username: z.string().min(1), password: z.string() }),
    z.strictObject({ apiKey: z.string().min(1) }),
    z.strictObject({ bearer: z.string().min(1) }),
  ],
  { error: "expected { username, password }, { apiKey } or { bearer }" },
);

/** Of each, PEM text or the path of a file, relative to the configuration file. */
const tls = z.strictObject({
  /** The authority that signed the cluster's certificate, when it is not a public one. */
  ca: z.string().min(1).optional(),
  /** SHA-256 of a certificate in the cluster's chain, 64 hex digits; instead of `ca`. */
  fingerprint: z.string().min(1).optional(),
  /** The certificate that the service shows, with its key. */
  cert: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
});

/** What the values are is checked where they are used, by `connectStore`. */
const cluster = z.strictObject({
  /** Address of the cluster, e.g. `https://search.example.org:9200`; a list of nodes works too. */
  node: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  /** Of a deployment of Elastic Cloud, instead of `node`. */
  cloudId: z.string().min(1).optional(),
  auth: auth.optional(),
  tls: tls.optional(),
  /** Address of a proxy that is asked to connect to the cluster, e.g. `http://proxy.example.org:3128`. */
  proxy: z.string().min(1).optional(),
  /** Longest time for a request in milliseconds. Default 60,000. */
  timeoutMs: z.number().optional(),
  /** Sent with each request. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Whether requests and answers are packed by gzip. Default: with `cloudId` only. */
  compression: z.boolean().optional(),
  /** Put before the name of every index, so that several installations can share a cluster. */
  prefix: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/, "expected lower-case letters, digits, '.', '_' or '-'")
    .optional(),
});

const embedded = z.strictObject({
  /** Where the embedded store keeps its data; relative to the configuration file. */
  path: z.string().min(1),
  /** Bytes of memory that the store takes, about, whatever it holds; the rest of the service comes on top. Default 512 MiB. */
  memoryBytes: z.number().int().positive().optional(),
  /** Bytes of the disk that have to stay free of events, so that alerts can still be stored. Default 100 MiB. */
  freeDiskBytes: z.number().int().min(0).optional(),
  /** Whether to go on with what can be read of a damaged store; the damaged file is kept beside it. Default false. */
  recover: z.boolean().optional(),
  /** Where backups go; relative to the configuration file. Default: `backups` in `path`. */
  backups: z.string().min(1).optional(),
  /** How many backups are kept there, the newest. Default 3. */
  keepBackups: z.number().int().min(1).optional(),
});

/** A cluster that holds events of others. The names of its indices are meant as they are. */
const elsewhere = cluster.omit({ prefix: true });

const source = z
  .custom<Source>(isSource, "expected ecsSource({ indices: [...] }), defineSource({ ... }) or mozdefSource({ ... })")
  .superRefine(({ store }, context) => {
    const result = elsewhere.nullable().safeParse(store ?? null);
    if (result.success) return;
    for (const { path, message } of result.error.issues)
      context.addIssue({ code: "custom", path: ["store", ...path], message });
  });

const exception = z.custom<ExceptionSettings>().superRefine((value, context) => {
  try {
    readException(value);
  } catch (error) {
    context.addIssue({ code: "custom", message: messageOf(error) });
  }
});

const alertSettings = z.strictObject({
  enabled: z.boolean().optional(),
  schedule: schedule.optional(),
  /** The name of a source under `sources`: the alert looks for events there. Default: the service's own events. */
  source: z.string().min(1).optional(),
  /** Checked against the schema of the alert itself. */
  config: z.unknown().optional(),
  /** Events that the alert does not look at, each with a reason, and a date on which it ends. */
  exceptions: z.array(exception).optional(),
});

const checkedBy = <T>(problemOf: (value: unknown) => string | null) =>
  z.custom<T>().superRefine((value, context) => {
    const problem = problemOf(value);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });

const plugins = z.array(checkedBy<AlertPlugin>(pluginProblem)).check(({ value: all, issues }) => {
  if (all.some((plugin) => pluginProblem(plugin) !== null)) return;
  for (const [index, { name }] of all.entries())
    if (all.findIndex((other) => other.name === name) !== index)
      issues.push({
        ...{ code: "custom", input: name, path: [index, "name"] },
        message: `there is another plugin ${JSON.stringify(name)}`,
      });
});

const bytes = z.number().int().min(1_024);
const MIB = 1_024 * 1_024;

/** A share of the memory that the process may use, and room for at least one body. */
const defaultInFlightBytes = (): number =>
  Math.max(16 * MIB, Math.min(256 * MIB, Math.floor(getHeapStatistics().heap_size_limit / 8)));

const watchdog = z.strictObject({
  /** Gets a POST without a body. */
  url: z.url({ protocol: /^https?$/ }),
  /** Milliseconds between two calls. */
  everyMs: z.number().int().min(1_000).default(60_000),
});

const limitKeys = z.strictObject({
  /** How often one address may try to sign in. */
  signInsPerMinute: z.number().int().min(1).default(60),
  /** How many requests with events one token may send, or one address where there is no log-in. Default: any number. */
  intakeRequestsPerMinute: z.number().int().min(1).optional(),
  /** Largest body of a request, unpacked, in bytes. */
  bodyBytes: bytes.default(16 * MIB),
  /** Largest event in bytes, as it is sent. */
  eventBytes: bytes.default(MIB),
  /** How many events one request may have. */
  requestEvents: z.number().int().min(1).default(10_000),
  /** Bytes that the bodies of all requests with events may take at once. Beyond that, requests are refused with 429. */
  inFlightBytes: bytes.default(() => defaultInFlightBytes()),
  /** Longest time for a request to arrive, in milliseconds. */
  bodyMs: z.number().int().min(100).default(60_000),
  /** How many times larger a body above 1 MiB may become when it is unpacked. */
  unpackRatio: z.number().min(1).default(200),
  /** Longest name of a field in bytes. Longer ones are cut. */
  keyBytes: z.number().int().min(32).default(512),
  /** Longest run of one alert in milliseconds. */
  runMs: z.number().int().min(100).default(60_000),
  /** How many alerts one run may make under one name. One more, of the category `storm`, stands for all beyond. */
  runAlerts: z.number().int().min(1).default(1_000),
  /** How far back missed slots are still run, in milliseconds. What lies further back is recorded as a gap. */
  catchUpMs: z.number().int().min(0).default(86_400_000),
});

const limits = limitKeys.refine(({ bodyBytes, inFlightBytes }) => bodyBytes <= inFlightBytes, {
  path: ["inFlightBytes"],
  error: "expected at least limits.bodyBytes: the largest body would never be taken",
});

const days = z.number().int().min(1).max(36_500);

const retention = z.strictObject({
  /** Days that events are kept. Alerts are kept for ever. */
  eventsDays: days.default(180),
  /**
   * What to do when an embedded store has no room for new events: delete their oldest day, never the present one, or let
   * those who send wait (429).
   */
  whenFull: z.enum(["deleteOldestDay", "wait"]).default("deleteOldestDay"),
  /** Days that records of runs and deliveries are kept. */
  serviceDays: days.default(7),
  /** Days that the audit log is kept. */
  auditDays: days.default(365),
});

/** Both forms of a store fail in their own way; only the message of the one that was meant helps. */
const storeIssue = ({ input }: { readonly input?: unknown }): string => {
  const meant = typeof input === "object" && input !== null && !("path" in input) ? cluster : embedded;
  const result = meant.safeParse(input);
  const issues = result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return `expected { node, auth?, tls?, ... } for a cluster or { path } for the embedded store (${issues.join("; ")})`;
};

/** What `mozdef.config.ts` may say. Unknown keys are refused. */
const configKeys = z.strictObject({
  store: z.union([embedded, cluster], { error: storeIssue }).default({ path: "data" }),
  packs: z
    .array(
      z.union([z.string().min(1), z.custom<AlertPack>(isPackLike)], {
        error: "expected the name of a package or an imported pack",
      }),
    )
    .optional(),
  /** Where events live, by a name of your own. The service's own events need no entry. */
  sources: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, "expected letters, digits, '_' or '-'"), source)
    .default({}),
  alerts: z.record(z.string(), alertSettings).default({}),
  /** Enrich alerts before they are stored, in order of their priorities. */
  plugins: plugins.default([]),
  /** Where alerts go once they are stored, by a name of your own: each alert to each action that wants it. */
  actions: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i, "expected at most 63 letters, digits, '_' or '-'"),
      checkedBy<AlertAction>(actionProblem),
    )
    .default({}),
  ...routingShape,
  listen: listenSchema.prefault({}),
  auth: authSchema.optional(),
  intake: intakeSchema.prefault({}),
  limits: limits.prefault({}),
  isolation: isolationSchema.prefault({}),
  /** Where the code of alerts may go by `context.fetch` beside public addresses: names of hosts, addresses and networks. */
  outbound: z
    .strictObject({ allow: z.array(z.string().min(1).max(253)).max(1_000).readonly().default([]) })
    .prefault({}),
  /** A dead man's switch elsewhere, which is called as long as alerts run at their slots. */
  watchdog: watchdog.optional(),
  retention: retention.prefault({}),
  log: z
    .strictObject({ level: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info") })
    .prefault({}),
});

export const configSchema = configKeys.superRefine((config, context) => {
  const { alerts, sources, packs = BUNDLED_PACKS, isolation } = config;
  for (const { path, message } of routingProblems(config))
    context.addIssue({ code: "custom", path: [...path], message });
  const knownPacks = packs.map(packSource);
  for (const [index, name] of isolation.trusted.entries())
    if (!knownPacks.includes(name))
      context.addIssue({
        code: "custom",
        path: ["isolation", "trusted", index],
        message: `expected ${knownPacks.length === 0 ? "a pack under `packs`, where none is" : `one of ${knownPacks.join(", ")}`}, received ${JSON.stringify(name)}`,
      });
  const known = Object.keys(sources);
  for (const [name, { source: wanted }] of Object.entries(alerts))
    if (wanted !== undefined && !known.includes(wanted))
      context.addIssue({
        code: "custom",
        path: ["alerts", name, "source"],
        message: `expected ${known.length === 0 ? "a source under `sources`, where none is" : `one of ${known.join(", ")}`}, received ${JSON.stringify(wanted)}`,
      });
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;
export type Limits = Config["limits"];
export type StoreConfig = Config["store"];
export type SourcesConfig = Config["sources"];
