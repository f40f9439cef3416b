import type { Duration, EventSchema, FieldKinds, FieldNames } from "@mozdef/query";
import { ecsNames, ecsSchema } from "@mozdef/query/ecs";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { durationMs } from "@mozdef/query/tools";
import { deepFreeze } from "../document/deep-freeze.ts";
import { checkSource } from "./check-source.ts";
import type { Source } from "./source.ts";

/** What every source may say. */
export interface SourceOptions {
  /** Indices, aliases, data streams or patterns of them, such as `logs-*`. They are only read. */
  readonly indices: readonly string[];
  /** Date fields: a window looks at any of them, and the first one orders events. Give one for the time of the event only. */
  readonly time?: readonly [string, ...string[]];
  /** The date field that says when an event came in. Default: the first of `time`. */
  readonly received?: string;
  /** Kinds of fields, beside those that the kind of source knows. */
  readonly fields?: FieldKinds;
  /** What stands for MozDef's fields, beside what the kind of source knows: alerts over MozDef's names run on it then. */
  readonly names?: FieldNames;
  /** How late events may come: alerts look at events this much later. Default: not at all. */
  readonly delay?: Duration;
  /** The cluster that has the events, as in `store` of the configuration. Default: the store of the service. */
  readonly store?: Readonly<Record<string, unknown>>;
}

/**
 * A place with events of any shape. Default time field: `@timestamp`.
 *
 * @example
 * ```ts
 * defineSource({ indices: ["proxy-*"], time: ["when"], fields: { when: "date", client: "ip" } });
 * ```
 * @throws {AlertError} `SOURCE_INVALID` naming the key, what was expected and what came.
 */
export const defineSource = (options: SourceOptions): Source => {
  checkSource("defineSource", options);
  const { time = ["@timestamp"], fields = {}, names } = options;
  return sourceOf(options, {
    fields,
    time,
    received: options.received ?? time[0],
    ...(names !== undefined && { names }),
  });
};

/**
 * Events in the Elastic Common Schema, as Elastic Agent and the Beats write them. Alerts over MozDef's names run on it, and may
 * also use its own names. The window looks at `@timestamp`, unless `time` says otherwise.
 *
 * @example
 * ```ts
 * ecsSource({ indices: ["logs-system.auth-*"], delay: { seconds: 30 } });
 * ```
 * @throws {AlertError} `SOURCE_INVALID`.
 */
export const ecsSource = (options: SourceOptions): Source => {
  checkSource("ecsSource", options);
  return sourceOf(options, {
    fields: { ...ecsSchema.fields, ...options.fields },
    time: options.time ?? ecsSchema.time,
    received: options.received ?? ecsSchema.received,
    names: { ...ecsNames, ...options.names },
  });
};

/**
 * Events in MozDef's shape which the service does not keep itself, such as those of a MozDef that still runs.
 *
 * @throws {AlertError} `SOURCE_INVALID`.
 */
export const mozdefSource = (options: Omit<SourceOptions, "names">): Source => {
  checkSource("mozdefSource", options);
  return sourceOf(options, {
    fields: { ...mozdefSchema.fields, ...options.fields },
    time: options.time ?? mozdefSchema.time,
    received: options.received ?? mozdefSchema.received,
  });
};

const sourceOf = ({ indices, delay, store }: SourceOptions, schema: EventSchema): Source =>
  deepFreeze({
    indices: [...indices],
    schema,
    delayMs: delay === undefined ? 0 : durationMs(delay),
    store: store === undefined ? null : { ...store },
  });
