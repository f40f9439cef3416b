import type { RunnerRecord } from "@mozdef/alert-store";

/** A runner that is alive. */
export interface LiveRunner extends RunnerRecord {
  /** Whether it is this one. */
  readonly isSelf: boolean;
  /** Shards of alerts that it runs, as far as this one knows. */
  readonly shards: ReadonlySet<number>;
}
