import type { Log } from "@mozdef/alert/runtime";
import type { Report } from "../files/followed-file.ts";
import type { Indicators } from "./indicators.ts";

/** What a list is read with. */
export interface ListServices {
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly report: Report;
}

/** Where a list comes from. */
export interface ListSource {
  readonly name: string;
  /**
   * The list as it was last read well. What goes wrong later is reported once for each attempt.
   *
   * @throws {AlertError} `PLUGIN_DATA_INVALID` when it could never be read.
   */
  current(services: ListServices): Promise<Indicators>;
  /** Reads it before the service starts. @throws as `current`, when the service shall not start without it. */
  prepare(services: ListServices): Promise<void>;
}
