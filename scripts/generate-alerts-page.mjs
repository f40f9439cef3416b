// Writes docs/alerts.md from the READMEs of all alerts. With --check it writes nothing and fails when the page is not up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const root = new URL("../", import.meta.url);
const page = fileURLToPath(new URL("docs/alerts.md", root));

const foldersIn = (url) =>
  readdirSync(url, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** What the page says of one alert: the heading, the first sentence and the table below it. */
const alertOf = (pack, folder) => {
  const path = new URL(`alerts/${pack}/src/${folder}/README.md`, root);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  const cell = (label) => {
    const row = lines.find((line) => line.startsWith(`| ${label} `));
    if (row === undefined) throw new Error(`alerts/${pack}/src/${folder}/README.md: expected a table row "${label}".`);
    return row.split("|").slice(2, -1).join("|").trim();
  };
  const name = lines[0].replace(/^# /, "");
  return [
    {
      name,
      link: `../alerts/${pack}/src/${folder}/README.md`,
      detects: lines[2],
      severity: cell("Severity"),
      attack: attackOf(cell("ATT&CK")),
    },
  ];
};

/** The numbers of techniques are enough in a table. */
const attackOf = (cell) =>
  [...cell.matchAll(/\[(T[\d.]+) [^\]]*\]\(([^)]+)\)/g)].map(([, id, url]) => `[${id}](${url})`).join(", ");

const packs = foldersIn(new URL("alerts/", root))
  .filter((pack) => existsSync(new URL(`alerts/${pack}/package.json`, root)))
  .map((pack) => ({
    pack,
    description: JSON.parse(readFileSync(new URL(`alerts/${pack}/package.json`, root), "utf8")).description,
    alerts: foldersIn(new URL(`alerts/${pack}/src/`, root))
      .flatMap((folder) => alertOf(pack, folder))
      .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)),
  }));

const count = packs.reduce((sum, { alerts }) => sum + alerts.length, 0);

const text = [
  "# Alerts",
  "",
  `<!-- Written by scripts/generate-alerts-page.mjs. Change the README of the alert instead. -->`,
  "",
  `${count} alerts in ${packs.length} packs. Each page says what the alert needs, when it fires and stays silent, every option, known gaps, and what to do.`,
  "",
  ...packs.flatMap(({ pack, description, alerts }) => [
    `## @mozdef/alerts-${pack}`,
    "",
    description,
    "",
    "| Alert | Detects | Severity | ATT&CK |",
    "| --- | --- | --- | --- |",
    ...alerts.map(
      ({ name, link, detects, severity, attack }) => `| [${name}](${link}) | ${detects} | ${severity} | ${attack} |`,
    ),
    "",
  ]),
].join("\n");

const formatted = await format(text, { ...(await resolveConfig(page)), parser: "markdown" });
const isFresh = existsSync(page) && readFileSync(page, "utf8") === formatted;
if (!process.argv.includes("--check")) writeFileSync(page, formatted);
else if (!isFresh) {
  console.error("docs/alerts.md is not up to date. Run: node scripts/generate-alerts-page.mjs");
  process.exitCode = 1;
}
