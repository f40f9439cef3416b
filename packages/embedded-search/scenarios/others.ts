import { existsSync, readFileSync } from "node:fs";

/** By server, topic and scenario: how many answers mean the same as those of the imitated server, of how many. */
export type Others = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly [same: number, all: number]>>>>>
>;

export const OTHERS_FILE = new URL("./other-servers.json", import.meta.url);

/** What `other-servers.ts` has learnt so far. */
export const readOthers = (): Others =>
  existsSync(OTHERS_FILE) ? (JSON.parse(readFileSync(OTHERS_FILE, "utf8")) as Others) : {};
