import { type AlertPack, messageOf } from "@mozdef/alert";
import { placeInCode } from "../place/place-in-code.ts";

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
  /** Where in the code of the pack it comes from, as `my-alerts/src/alert-door.ts:25:13`. Left out when no code of a pack threw. */
  readonly place?: string;
}

export const failureOf = (source: string, error: unknown): LoadFailure => {
  const place = placeInCode(error);
  return {
    source,
    code: error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "PACK_LOAD_FAILED",
    message: messageOf(error),
    ...(place !== null && { place }),
  };
};
