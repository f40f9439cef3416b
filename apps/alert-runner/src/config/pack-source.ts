import type { AlertPack } from "@mozdef/alert";

/** What a pack is called in messages, records and settings: the name of its package, or its place in `packs` when it is given as it is. */
export const packSource = (entry: string | AlertPack, index: number): string =>
  typeof entry === "string" ? entry : `packs.${index}`;
