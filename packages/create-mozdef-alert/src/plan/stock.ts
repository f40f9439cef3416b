import type { Templates } from "./templates.ts";

/** Versions of the packages that a pack is made with, as ranges. */
export type Versions = Readonly<Record<string, string>>;

/** What a plan is made with, apart from answers and survey. */
export interface Stock {
  readonly templates: Templates;
  readonly versions: Versions;
}
