/**
 * `npm run new-alert -- "odd login" --pack ssh`: makes an alert in this repository, and everything that its checks ask of one.
 *
 * The words go to `create-mozdef-alert`. What it makes is taken in: a new pack into the service, the suite over all packs and the
 * lockfile; a new alert into the list of those without an attack among the feeds, and into the generated pages.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { PACKS_WITHOUT_FEEDS } from "../packages/all-packs/test/feeds/without-feed.ts";
import { pnpm, runAtRoot } from "./pnpm.mjs";
import { readManifest, root } from "./repository.ts";

const NODE = "node_modules/.bin/node";

/** Class names of the alerts in each pack, by its folder. */
const alertsByPack = (): ReadonlyMap<string, readonly string[]> =>
  new Map(
    globSync("alerts/*/src/index.ts", { cwd: root }).map((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const names = [...text.matchAll(/\btask: (\w+)/g)].map(([, name = ""]) => name);
      return [dirname(dirname(file)), names];
    }),
  );

const must = async (what: string, code: Promise<number>): Promise<void> => {
  if ((await code) === 0) return;
  console.error(`The alert is made, but ${what} failed. The reason stands above.`);
  process.exit(1);
};

const write = async (file: string, text: string): Promise<void> => {
  const path = join(root, file);
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
};

const edit = async (file: string, change: (text: string) => string): Promise<void> => {
  const before = readFileSync(join(root, file), "utf8");
  const after = change(before);
  if (after === before) throw new Error(`${file} is not written as this script expects. Add what is new by hand.`);
  await write(file, after);
};

const sorted = (entries: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));

const addDependency = async (folder: string, key: "dependencies" | "devDependencies", name: string): Promise<void> => {
  const manifest = readManifest(join(root, folder));
  const all = sorted({ ...manifest[key], [name]: "workspace:^" });
  await write(`${folder}/package.json`, JSON.stringify({ ...manifest, [key]: all }));
};

/** The service runs the packs that it depends on; one suite looks at all packs at once. */
const takeInPack = async (folder: string): Promise<void> => {
  const { name } = readManifest(join(root, folder));
  const short = basename(folder);
  const word = short.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  await addDependency("apps/alert-runner", "dependencies", name);
  await addDependency("packages/all-packs", "devDependencies", name);
  await edit("packages/all-packs/test/packs.ts", (text) =>
    text
      .replace("\n\n/** Every pack", `\nimport ${word} from "${name}";\n\n/** Every pack`)
      .replace("\n};", `\n  ${word === short ? word : `"${short}": ${word}`},\n};`),
  );
};

/** Alerts on silence are asked for no feed: they go off whatever is there. */
const isOnSilence = (folder: string, name: string): boolean =>
  globSync(`${folder}/src/*/*.ts`, { cwd: root })
    .map((file) => readFileSync(join(root, file), "utf8"))
    .some((text) => text.includes(`class ${name} `) && text.includes("onNoEvent("));

/** An alert is made for events that no product is known to send yet. */
const takeInAlert = async (name: string): Promise<void> => {
  await edit("packages/all-packs/test/feeds/without-feed.ts", (text) =>
    text.replace(/\n\};\n$/, `\n  ${name}: "Made for events of a kind that no feed has.",\n};\n`),
  );
};

const before = alertsByPack();
const made = await runAtRoot(NODE, [
  "--conditions=@mozdef/source",
  "packages/create-mozdef-alert/src/bin.ts",
  "--no-install",
  ...process.argv.slice(2),
]);
if (made !== 0) process.exit(made);
const after = alertsByPack();
const newPacks = [...after.keys()].filter((folder) => !before.has(folder));
const known = new Set([...before.values()].flat());
const newAlerts = [...after.values()].flat().filter((name) => !known.has(name));

for (const folder of newPacks) await takeInPack(folder);
for (const [folder, names] of after)
  if (!PACKS_WITHOUT_FEEDS.has(basename(folder)))
    for (const name of names) if (newAlerts.includes(name) && !isOnSilence(folder, name)) await takeInAlert(name);
if (newPacks.length > 0)
  await must("installing", pnpm(["install", "--no-frozen-lockfile", "--prefer-offline", "--loglevel=error"]));
if (newAlerts.length > 0) {
  console.log("\nBringing the generated pages up to date ...");
  await must("printing docs/alerts.md and the READMEs", runAtRoot(NODE, ["scripts/generate-alert-docs.ts"]));
  await must("printing docs/reference", runAtRoot(NODE, ["scripts/reference.ts"]));
}
