import type { Aftermath } from "../delivery/aftermath.ts";
import type { Probe } from "../probe/probe-task.ts";
import type { WorkingSite } from "../site/working-site.ts";
import type { PreparedCase, PreparedSuite } from "../suite/prepared-suite.ts";

/** A case while it runs. */
export interface RunningCase {
  readonly suite: PreparedSuite;
  readonly testCase: PreparedCase;
  readonly site: WorkingSite;
  readonly probe: Probe;
  /** Addresses of alerts that earlier runs made. */
  readonly seen: Set<string>;
  /** Addresses of alerts that earlier runs have closed since their condition had ended. */
  readonly resolved: Set<string>;
  /** A mutant is run, and nobody reads why it fails. */
  readonly isMutant: boolean;
  /** Null when there are no receivers. */
  readonly after: Aftermath | null;
}
