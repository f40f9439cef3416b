import type { AlertPlugin, AlertTaskClass } from "@mozdef/alert/runtime";
import type { EventInput } from "../build/event-input.ts";
import type { Reply } from "../site/record-fetch.ts";
import type { TestSite } from "../site/test-site.ts";
import type { ExpectedAlert, ExpectedRequest } from "./expected.ts";
import type { PreparedDelivery } from "./read-delivery.ts";
import type { AlertSuite } from "./suite.ts";

/** One run of a case, whatever way it was written. */
export interface PreparedRun {
  /** From the suite's `now`. */
  readonly offsetMs: number;
  readonly events: readonly EventInput[];
  /** What the run adds; empty: nothing. */
  readonly alerts: readonly ExpectedAlert[];
  /** The alerts that the run closes since their condition has ended. */
  readonly resolves: readonly ExpectedAlert[];
  /** The alerts that somebody has acknowledged, or closed, right before the run. */
  readonly acknowledges: readonly ExpectedAlert[];
  readonly closes: readonly ExpectedAlert[];
}

/** A case that was checked, with what the suite says filled in. */
export interface PreparedCase {
  readonly kind: "fires" | "silent";
  readonly name: string;
  readonly only: boolean;
  readonly skip: string | undefined;
  readonly runs: readonly PreparedRun[];
  /** Merged under every event. */
  readonly event: EventInput;
  readonly config: Readonly<Record<string, unknown>>;
  readonly setup: ((site: TestSite) => void | Promise<void>) | undefined;
  readonly reverseDns: Readonly<Record<string, string | null>> | undefined;
  readonly plugins: readonly AlertPlugin[];
  /** Null when there are no receivers. */
  readonly delivery: PreparedDelivery | null;
  readonly replies: readonly Reply[];
  readonly requests: readonly ExpectedRequest[] | undefined;
  readonly reports: readonly string[];
  readonly covers: number | undefined;
  readonly embeds: number | undefined;
}

/** A suite that was checked. */
export interface PreparedSuite {
  readonly task: AlertTaskClass;
  readonly title: string;
  readonly now: Date;
  readonly suite: AlertSuite;
  readonly cases: readonly PreparedCase[];
}
