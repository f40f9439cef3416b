import type { Log } from "@mozdef/alert/runtime";

const nothing = (): void => undefined;

/** Where tests log to: what matters in a test is asserted, not read. */
export const SILENT: Log = Object.freeze({ debug: nothing, info: nothing, warn: nothing, error: nothing });
