import { type AlertPack, messageOf } from "@mozdef/alert";

/** A pack that is ready, and where it came from. */
export interface LoadedPack {
  readonly source: string;
  readonly pack: AlertPack;
}

/** A pack or an alert that cannot be run, and why. The others go on. */
export interface LoadFailure {
  readonly source: string;
  readonly code: string;
  readonly message: string;
}

export const failureOf = (source: string, error: unknown): LoadFailure => ({
  source,
  code: error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "PACK_LOAD_FAILED",
  message: messageOf(error),
});
