import type { Schedule } from "@mozdef/alert";
import type { ExceptionSettings } from "@mozdef/alert/runtime";

/** Bounds of what is caught up after a pause. */
export interface CatchUp {
  /** How far back missed slots are still run, in milliseconds. What lies further back is recorded as a gap. */
  readonly catchUpMs: number;
}

/** Bounds of the engine. */
export interface Limits extends CatchUp {
  /** Longest run of one alert in milliseconds: `main`, its hooks and the plugins, each. */
  readonly runMs: number;
  /** How many alerts one run may make under one name; one more stands for those beyond. Default 1,000. */
  readonly runAlerts?: number;
}

/** What an installation says about one alert; wins over its pack. */
export interface AlertSettings {
  readonly enabled?: boolean | undefined;
  readonly schedule?: Schedule | undefined;
  /** The source of its events. Default: the service's own events. */
  readonly source?: string | undefined;
  /** Checked against the schema of the alert itself. */
  readonly config?: unknown;
  /** Events that it does not look at. Default: none are left out. */
  readonly exceptions?: readonly ExceptionSettings[] | undefined;
}
