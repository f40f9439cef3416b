import { AlertError } from "../alert-error.ts";

/** What is wrong with a pack as a whole. */
export const packError = (source: string, reason: string): AlertError =>
  new AlertError("PACK_INVALID", `${source}: ${reason}.`);
