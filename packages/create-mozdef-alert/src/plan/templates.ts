import type { AlertTemplates } from "./alert-files.ts";

/** All templates, as they lie in the folder `templates`. */
export interface Templates {
  readonly alert: AlertTemplates;
  /** Path in the new pack -> text. */
  readonly pack: ReadonlyMap<string, string>;
  /** What a project of its own has beside the pack. */
  readonly project: ReadonlyMap<string, string>;
}
