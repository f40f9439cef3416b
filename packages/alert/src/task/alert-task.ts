import type { z } from "zod";
import type { AlertDraft } from "../document/alert-draft.ts";
import type { Hit } from "../document/event.ts";
import type { AggregatedEvents } from "../kinds/aggregated-events.ts";
import type { Search } from "../kinds/kinds.ts";
import type { NoEventSearch } from "../kinds/no-event.ts";
import type { SilentSearch } from "../kinds/silent-search.ts";
import { ALERT_API_VERSION } from "../version.ts";
import type { AlertAbout } from "./about.ts";
import type { AlertContext, HookContext } from "./context.ts";

/** Marks a class as an alert, across copies of this package. Its value is the version of the contract. */
export const ALERT_TASK: unique symbol = Symbol.for("@mozdef/alert/task") as never;

/** What a hook may return: an alert, or nothing for "no alert". */
export type HookResult = AlertDraft | null | undefined | Promise<AlertDraft | null | undefined>;

/** The configuration of an alert that takes none. */
export type NoConfig = Readonly<Record<string, never>>;

/**
 * The base of every alert: `main` says which events to look for, a hook says what alert to make of them.
 *
 * Instances live as long as the service. Keep nothing in them; what has to last goes through `context.state`.
 *
 * @example
 * ```ts
 * class AlertUsbDevice extends AlertTask {
 *   main() {
 *     return eachEvent(SearchQuery({ minutes: 15 }).must(TermMatch("category", "usb")));
 *   }
 *
 *   onEvent(event: Hit) {
 *     return { summary: `USB device on ${textAt(event, "hostname")}`, category: "device", tags: ["usb"] };
 *   }
 * }
 * ```
 * @see MozDef `alerts/lib/alerttask.py`.
 */
export abstract class AlertTask<Config = NoConfig> {
  static readonly [ALERT_TASK]: number = ALERT_API_VERSION;

  /** Validated, with defaults filled in. */
  readonly config: Config;

  constructor(config: Config) {
    this.config = config;
  }

  /** Its identity in a service: the name of the class, or that of the rule that the instance is. */
  get name(): string {
    return this.constructor.name;
  }

  /** Which events to look for. Called at each run. */
  abstract main(context: AlertContext): Search | readonly Search[] | Promise<Search | readonly Search[]>;

  /**
   * Called with each event of an `eachEvent` search.
   *
   * @example
   * ```ts
   * async onEvent(event: Hit, { dns }: HookContext) {
   *   const source = await addHostname(textAt(event, "details.sourceipaddress"), dns);
   *   return { summary: `Login from ${source}`, category: "access", tags: ["login"] };
   * }
   * ```
   */
  onEvent?(event: Hit, context: HookContext): HookResult;

  /**
   * Called with each group of an `aggregation` search that reaches the threshold, with each new value of a `newTerm`, and with each
   * group that a `spike`, `sequence` or `percentage` finds.
   *
   * @example
   * ```ts
   * onAggregation({ value, count, allEvents }: AggregatedEvents) {
   *   const users = distinct(allEvents, "details.username").join(", ");
   *   return { summary: `${count} failed logins from ${value} as ${users}`, category: "bruteforce", tags: ["login"] };
   * }
   * ```
   */
  onAggregation?(group: AggregatedEvents, context: HookContext): HookResult;

  /**
   * Called when a `noEvent` search finds nothing, with `each` for each value that has fallen silent.
   *
   * @example
   * ```ts
   * onNoEvent() {
   *   return { summary: "No heartbeat within ten minutes", category: "deadman", tags: ["heartbeat"] };
   * }
   * ```
   */
  onNoEvent?(search: SilentSearch<NoEventSearch>, context: HookContext): HookResult;

  /**
   * The base of an alert with configuration.
   *
   * Unknown keys are refused. Give each key a default, so that the alert runs when nothing is configured.
   *
   * @example
   * ```ts
   * const config = z.object({ threshold: z.int().min(1).default(10) });
   *
   * class AlertFailedLogins extends AlertTask.withConfig(config) {
   *   main() {
   *     const query = SearchQuery({ minutes: 5 }).must(PhraseMatch("summary", "login failed"));
   *     return aggregation(query, { field: "hostname", threshold: this.config.threshold });
   *   }
   * }
   * ```
   */
  static withConfig<Schema extends z.ZodType>(schema: Schema): ConfiguredAlertTask<z.output<Schema>> {
    abstract class WithConfig extends AlertTask<z.output<Schema>> {
      static readonly configSchema: z.ZodType = schema;
    }
    return WithConfig;
  }
}

/** What {@link AlertTask.withConfig} makes. */
export type ConfiguredAlertTask<Config> = (abstract new (config: Config) => AlertTask<Config>) & {
  readonly [ALERT_TASK]: number;
  readonly configSchema: z.ZodType;
};

/** A class that can be run: what packs export. */
export interface AlertTaskClass {
  // The loader validates the configuration against the schema of the class before it gets here.
  new (config: never): AlertTask<unknown>;
  readonly name: string;
  readonly [ALERT_TASK]: number;
  readonly configSchema?: z.ZodType;
  /** What people should know about the alert. */
  readonly about?: AlertAbout;
}
