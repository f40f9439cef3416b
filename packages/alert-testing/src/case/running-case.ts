import type { AlertMessage } from "@mozdef/alert/runtime";
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
  /** A mutant is run, and nobody reads why it fails. */
  readonly isMutant: boolean;
  /** Messages that actions have got. */
  readonly delivered: Set<AlertMessage>;
}
