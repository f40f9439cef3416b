import type { Templates } from "./templates.ts";

/** Versions of the packages that a pack is made with: ranges of our own, exact ones of others. */
export type Versions = Readonly<Record<string, string>>;

/** What a plan is made with, apart from answers and survey. */
export interface Stock {
  readonly templates: Templates;
  readonly versions: Versions;
}
