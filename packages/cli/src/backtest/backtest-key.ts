import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { PackFolder } from "../packs/pack-folder.ts";
import { type Feed, schemaOf } from "./feed.ts";
import type { ReplayJob } from "./replay-job.ts";

/** The same for two jobs that do the same: other events, alerts, sources, times or code make another backtest. */
export const backtestKey = (
  { pack, alerts, gone, config, from, to }: Pick<ReplayJob, "pack" | "alerts" | "gone" | "config" | "from" | "to">,
  feeds: readonly Feed[],
): string => {
  const hash = createHash("sha256").update(JSON.stringify([pack.name, alerts, gone, config, from, to]));
  for (const { path, text } of codeOf(pack)) hash.update(JSON.stringify([path, text]));
  for (const feed of feeds) {
    hash.update(JSON.stringify([feed.place, schemaOf(feed), feed.source?.delayMs]));
    for (const { id, source } of feed.events) hash.update(JSON.stringify([id, source]));
  }
  return hash.digest("hex");
};

const CODE = /\.(?:[mc]?[jt]s|json)$/;
const NOT_RUN = /\.test\.|\.d\.[mc]?ts$/;

/** What lies at or below the entry: paths from there, since another version lies in a new folder each time. */
const codeOf = ({ entry }: PackFolder): readonly { readonly path: string; readonly text: string }[] => {
  const folder = dirname(entry);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => CODE.test(path) && !NOT_RUN.test(path) && !path.split(sep).includes("node_modules"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
};
