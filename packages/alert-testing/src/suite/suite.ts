import type { AlertTask, Source } from "@mozdef/alert";
import type { AlertPlugin, AlertTaskClass, PackIndices } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";
import type { EventInput, EventInputs } from "../build/event-input.ts";
import type { TestSite } from "../site/test-site.ts";
import type { Reply } from "../site/record-fetch.ts";
import type { DeliveryOptions, ExpectedDeliveries } from "./delivery-options.ts";
import type { ExpectedAlert, ExpectedRequest } from "./expected.ts";

/** The configuration of an alert, as far as a test says it. */
export type ConfigOf<Task extends AlertTaskClass> =
  InstanceType<Task> extends AlertTask<infer Config> ? Partial<Config> : never;

/** What may be said of the whole suite and of a single case; the case wins. */
export interface CaseOptions<Config = unknown> {
  /** Configuration of the alert. Default: the defaults of its schema. */
  readonly config?: Config;
  /** Called on the fresh site before the events are saved, to store what else the alert reads. */
  readonly setup?: (site: TestSite) => void | Promise<void>;
  /** Names by address; `*` is any other. Default: MozDef's stub. */
  readonly reverseDns?: Readonly<Record<string, string | null>>;
  /** Plugins that enrich the alert before it is saved. Default: none. */
  readonly plugins?: readonly AlertPlugin[];
  /** Answers to outgoing requests; a request without one fails the case. */
  readonly replies?: readonly Reply[];
}

/** One run of an alert that is run several times. */
export interface RunStep {
  /** When, from the suite's `now`: `"0s"`, `"1m"`, `"1h30m"`. */
  readonly at: string;
  /** Saved before the run. */
  readonly events?: EventInputs;
  /** The one alert that this run adds. */
  readonly alert?: ExpectedAlert;
  /** The alerts that this run adds, in any order. Default: none. */
  readonly alerts?: readonly ExpectedAlert[];
  /** The alerts of earlier runs that this run closes since their condition has ended (`resolveAfter`), in any order. Default: none. */
  readonly resolves?: readonly ExpectedAlert[];
  /** The open alerts of earlier runs that somebody has acknowledged right before this run. Default: none. */
  readonly acknowledges?: readonly ExpectedAlert[];
  /** The same for alerts that somebody has closed. */
  readonly closes?: readonly ExpectedAlert[];
}

/** What every case has. */
export interface CaseBase<Config = unknown> extends CaseOptions<Config> {
  /** Unique in the suite; the title of the test. */
  readonly name: string;
  /** When the alert runs, from the suite's `now`. Default `"0s"`. */
  readonly at?: string;
  readonly events?: EventInputs;
  /** Outgoing requests of the case, in order. Without it requests are not compared. */
  readonly requests?: readonly ExpectedRequest[];
  /** Parts of the problems that each run of the alert reports (`context.report`). Default: it reports none. */
  readonly reports?: readonly string[];
  /** Runs only this case (and others marked so). */
  readonly only?: boolean;
  /** Why the case is not run. */
  readonly skip?: string;
}

/** Events that alert. */
export interface FiringCase<Config = unknown, Target extends string = string>
  extends CaseBase<Config>, DeliveryOptions<Target> {
  /** The one alert that is expected, under the suite's `alert`. */
  readonly alert?: ExpectedAlert;
  /** Several alerts, in any order, each under the suite's `alert`. */
  readonly alerts?: readonly ExpectedAlert[];
  /** The life of an alert: what each of several runs adds. Instead of `at`, `events`, `alert` and `alerts`. */
  readonly runs?: readonly RunStep[];
  /** How many of the case's events the alerts cover (and mark). Default: all. */
  readonly covers?: number;
  /** How many events each alert embeds. Default: what it covers, up to `samplesLimit`. */
  readonly embeds?: number;
  /** What the receivers get, see `actions`. Without it, it only counts that they take what they are handed. */
  readonly deliveries?: ExpectedDeliveries<NoInfer<Target>>;
  /** Until when messages are sent that wait, are repeated or escalated, from the suite's `now`. Default: the time of the last run. */
  readonly until?: string;
}

/** Events that do not alert. */
export interface SilentCase<Config = unknown> extends CaseBase<Config> {
  /** Several runs, none of which alerts. Instead of `at` and `events`. */
  readonly runs?: readonly Omit<RunStep, "alert" | "alerts" | "resolves" | "acknowledges" | "closes">[];
}

/** A mutant that no test can tell from the original, and why. */
export interface EquivalentMutant {
  /** Its description as `mozdef mutate` prints it, or an expression that several descriptions match. */
  readonly mutant: string | RegExp;
  readonly reason: string;
}

/**
 * Everything that is said about an alert by its tests.
 *
 * @typeParam Target - The names of all `actions` of the suite and of its cases.
 */
export interface AlertSuite<Config = unknown, Target extends string = string>
  extends CaseOptions<Config>, DeliveryOptions<Target> {
  /** Added to the title when one alert has several suites. */
  readonly name?: string;
  /** The time of the first run. Default `2017-01-01T01:00:00Z`. */
  readonly now?: string;
  /** Fields that the alert's pack declares (`definePack({ fields })`): the store maps them so. Default: MozDef's alone. */
  readonly fields?: FieldKinds;
  /** Indices that its pack keeps documents in (`definePack({ indices })`). Default: those of MozDef's own alerts. */
  readonly indices?: PackIndices;
  /**
   * Where the events of the suite are, and what they look like: the alert is given this source, and `event` and `events` are its
   * documents as they are, with a time where they have none. Default: MozDef's own events.
   */
  readonly source?: Source;
  /** The name of `source`, for alerts that name theirs themselves. Default `source`. */
  readonly sourceName?: string;
  /** Merged under every event. */
  readonly event?: EventInput;
  /** Merged under every expected alert. */
  readonly alert?: ExpectedAlert;
  /** At least one. */
  readonly fires: readonly FiringCase<Config, Target>[];
  /** At least one: an alert that always fires passes every other test. */
  readonly silent: readonly SilentCase<Config>[];
  /** Adds a test that mutates the alert and fails below this share of noticed mutants, in percent. Default: none. */
  readonly mutation?: { readonly break: number };
  /** Mutants that cannot be told apart, each with the reason. */
  readonly equivalent?: readonly EquivalentMutant[];
}
