// Prints what alerts say about themselves: docs/alerts.md, the tables in the READMEs of packs, the parts of the README of each
// alert that `about` of its class has, and the names that they want over ECS in docs/sources.md. With --check it writes nothing and fails when a page is not up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import type { AlertAbout, AlertPack } from "../packages/alert/src/index.ts";
import { TECHNIQUES } from "./attack-techniques.ts";

// Packs are read from their sources, so that nothing has to be built first.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, { ...context, conditions: [...context.conditions, "@mozdef/source"] }),
});

const root = new URL("../", import.meta.url);

/** A page that cannot be printed is a sentence, not a stack. */
process.once("uncaughtException", (error: Error) => {
  console.error(error instanceof PageError ? error.message : error);
  process.exit(1);
});

class PageError extends Error {}

/** An alert and the folder of its README, relative to the repository. */
interface DocumentedAlert {
  readonly name: string;
  readonly folder: string;
  readonly about: AlertAbout;
}

interface DocumentedPack {
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly alerts: readonly DocumentedAlert[];
}

const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

const foldersIn = (path: string): readonly string[] =>
  readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${path}/${entry.name}`)
    .sort();

const packOf = async (folder: string): Promise<DocumentedPack> => {
  const { name, description } = JSON.parse(read(`${folder}/package.json`)) as { name: string; description: string };
  const module = (await import(new URL(`${folder}/src/index.ts`, root).href)) as { default: AlertPack };
  const pages = foldersIn(`${folder}/src`).filter((page) => existsSync(new URL(`${page}/README.md`, root)));
  const alerts = Object.entries(module.default.alerts).map(([alert, { task }]) => {
    const page = pages.find((candidate) => read(`${candidate}/README.md`).startsWith(`# ${alert}\n`));
    if (page === undefined)
      throw new PageError(`${folder}: expected a folder with a README.md that begins "# ${alert}".`);
    if (task.about === undefined) throw new PageError(`${folder}: expected "static readonly about" in ${alert}.`);
    return { name: alert, folder: page, about: task.about };
  });
  const byName = (a: DocumentedAlert, b: DocumentedAlert): number =>
    a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
  return { folder, name, description, alerts: alerts.sort(byName) };
};

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();

const severityOf = ({ severity }: AlertAbout): string => listOf(severity).join(" or ") || "of the rule";

const techniqueAddress = (id: string): string => `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`;

/** @param isFull - With the name of each technique. */
const attackOf = ({ attack = [] }: AlertAbout, isFull: boolean): string =>
  attack
    .map((id) => `[${[id, ...(isFull ? [TECHNIQUES[id] ?? []].flat() : [])].join(" ")}](${techniqueAddress(id)})`)
    .join(", ");

const alertsPage = (packs: readonly DocumentedPack[]): string =>
  [
    "# Alerts",
    "",
    "<!-- Written by scripts/generate-alert-docs.ts. Change `about` in the class of the alert instead. -->",
    "",
    `${packs.reduce((sum, { alerts }) => sum + alerts.length, 0)} alerts in ${packs.length} packs. Each page says what the alert needs, when it fires and stays silent, every option, known gaps, and what to do.`,
    "",
    ...packs.flatMap(({ name, description, alerts }) => [
      `## ${name}`,
      "",
      description,
      "",
      "| Alert | Detects | Severity | ATT&CK |",
      "| --- | --- | --- | --- |",
      ...alerts.map(
        (alert) =>
          `| [${alert.name}](../${alert.folder}/README.md) | ${alert.about.description} | ${severityOf(alert.about)} | ${attackOf(alert.about, false)} |`,
      ),
      "",
    ]),
  ].join("\n");

/** The page about sources with its table of names. */
const sourcesPage = async (): Promise<string> => {
  // Not at the top: what it imports is found by the hook above.
  const { ecsRows } = await import("../packages/all-packs/test/ecs-rows.ts");
  const table = ["| Alert | Names to give |", "| --- | --- |", ...(await ecsRows())].join("\n");
  return replaced("docs/sources.md", /^\| Alert +\| Names to give [^\n]*\n(?:\|[^\n]*\n)+/m, `${table}\n`);
};

/** The README of a pack with its table of alerts. */
const packReadme = ({ folder, alerts }: DocumentedPack): string => {
  const rows = alerts.map(
    ({ name, folder: page, about }) =>
      `| [${name}](${page.slice(folder.length + 1)}/README.md) | ${about.description} |`,
  );
  const table = ["| Alert | Detects |", "| --- | --- |", ...rows].join("\n");
  return replaced(`${folder}/README.md`, /^\| Alert [^\n]*\n(?:\|[^\n]*\n)+/m, `${table}\n`);
};

const replaced = (path: string, part: RegExp, by: string): string => {
  const text = read(path);
  if (!part.test(text)) throw new PageError(`${path}: expected ${String(part)}.`);
  return text.replace(part, () => by);
};

const NOTE =
  "<!-- From here on, and the first sentence, Severity, ATT&CK and Replaces: written by scripts/generate-alert-docs.ts from `about` of the class. -->";

/** The README of an alert: prose stays, what the class says is printed into it. */
const alertReadme = ({ name, folder, about }: DocumentedAlert, pages: ReadonlyMap<string, string>): string => {
  const path = `${folder}/README.md`;
  const prose = read(path).replace(/\n(?:<!-- From here on|## False positives\n|## Triage\n)[^]*$/, "\n");
  const table = /\n\|\s+\|\s+\|\n[^]*?\n\n/.exec(prose)?.[0];
  if (table === undefined) throw new PageError(`${path}: expected a table of two columns below the first sentence.`);
  const kept = table.split("\n").filter((row) => /^\| (?:Category|Tags) /.test(row));
  const rows = [
    `| Severity | ${severityOf(about)} |`,
    ...kept,
    `| ATT&CK | ${attackOf(about, true) || "none"} |`,
    ...(about.replaces === undefined ? [] : [`| Replaces | ${about.replaces.join(", ")} |`]),
  ];
  const linked = (text: string): string =>
    text.replace(/\b[A-Za-z]+\b/g, (word) => {
      const page = word === name ? undefined : pages.get(word);
      return page === undefined ? word : `[${word}](${relativeTo(folder, page)}/README.md)`;
    });
  const [head = "", rest = ""] = prose.split(table);
  if (!head.startsWith(`# ${name}\n`)) throw new PageError(`${path}: expected the heading "# ${name}".`);
  return [
    `# ${name}\n\n${about.description}\n`,
    `| | |\n| --- | --- |\n${rows.map(linked).join("\n")}\n`,
    rest.trim(),
    `\n${NOTE}\n`,
    ...section("False positives", listOf(about.falsePositives), "-").map(linked),
    ...section("Triage", listOf(about.triage), "1.").map(linked),
    ...section("References", listOf(about.references), "-"),
  ].join("\n");
};

const section = (heading: string, entries: readonly string[], mark: "-" | "1."): readonly string[] => {
  const lines = entries.map((entry, index) => `${mark === "-" ? mark : `${index + 1}.`} ${entry}`);
  return lines.length === 0 ? [] : [`## ${heading}\n\n${lines.join("\n")}\n`];
};

const relativeTo = (from: string, to: string): string => {
  const [, fromPack] = from.split("/");
  const [, toPack, ...rest] = to.split("/");
  return fromPack === toPack ? ["..", ...rest.slice(1)].join("/") : ["../../..", toPack, ...rest].join("/");
};

const packs = await Promise.all(
  foldersIn("alerts")
    .filter((folder) => existsSync(new URL(`${folder}/package.json`, root)))
    .map(packOf),
);
const alerts = packs.flatMap((pack) => pack.alerts);
const pages = new Map(alerts.map(({ name, folder }) => [name, folder]));
const files: readonly (readonly [path: string, text: string])[] = [
  ["docs/alerts.md", alertsPage(packs)],
  ["docs/sources.md", await sourcesPage()],
  ...packs.map((pack) => [`${pack.folder}/README.md`, packReadme(pack)] as const),
  ...alerts.map((alert) => [`${alert.folder}/README.md`, alertReadme(alert, pages)] as const),
];

for (const [path, text] of files) {
  const file = fileURLToPath(new URL(path, root));
  const formatted = await format(text, { ...(await resolveConfig(file)), parser: "markdown" });
  if (existsSync(file) && readFileSync(file, "utf8") === formatted) continue;
  if (!process.argv.includes("--check")) writeFileSync(file, formatted);
  else {
    console.error(`${path} is not up to date. Run: node scripts/generate-alert-docs.ts`);
    process.exitCode = 1;
  }
}
