import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Schedule, Search } from "@mozdef/alert";
import {
  aboutOf,
  createTask,
  foundEvents,
  isAlertTaskClass,
  isSeverity,
  nextSlot,
  type PackEntry,
} from "@mozdef/alert/runtime";
import { createTestSite, type TestSite } from "@mozdef/alert-testing";
import { describe, expect, test } from "vitest";
import { isOnSilence } from "./on-silence.ts";
import { packs } from "./packs.ts";

const ALERTS = new URL("../../../alerts/", import.meta.url);
const NOW = "2017-01-01T01:00:00Z";

/** The folder whose source has the class. */
const folderOf = (pack: string, name: string): URL => {
  const source = new URL(`${pack}/src/`, ALERTS);
  const folder = readdirSync(source, { withFileTypes: true }).find(
    (entry) =>
      entry.isDirectory() &&
      existsSync(new URL(`${entry.name}/${entry.name}.ts`, source)) &&
      readFileSync(new URL(`${entry.name}/${entry.name}.ts`, source), "utf8").includes(`export class ${name} `),
  );
  return new URL(`${folder?.name ?? `missing-folder-of-${name}`}/`, source);
};

const entries = Object.entries(packs).flatMap(([pack, { alerts }]) =>
  Object.entries(alerts).map(([name, entry]) => ({ pack, name, entry, folder: folderOf(pack, name) })),
);

const NAMES: ReadonlySet<string> = new Set(entries.map(({ name }) => name));

const HEADINGS = [
  "## What it detects and why",
  "## Events it needs",
  "## Fires",
  "## Stays silent",
  "## Options",
  "## Known gaps",
  "## Triage",
];

/** Tags that the alerts use, the original's odd ones among them. */
const isTag = (tag: string): boolean => /^[a-z][a-z0-9_]*$/.test(tag) || ODD_TAGS.has(tag);
const ODD_TAGS = new Set(["nsm,bro,intel", "nsm,bro,correlated", "audisp-json, audit"]);

test("every pack of the folder is looked at", () => {
  const folders = readdirSync(ALERTS).filter((folder) => existsSync(new URL(`${folder}/package.json`, ALERTS)));
  expect(Object.keys(packs).sort()).toEqual(folders.sort());
});

test("names are unique over all packs, those of MozDef's 42 alerts among them", () => {
  const names = entries.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(42);
});

describe.each(entries)("$pack $name", ({ pack, name, entry, folder }) => {
  test("has code, tests and a page with every part", () => {
    const files = readdirSync(folder);
    expect(files).toContain("README.md");
    expect(files.some((file) => file.endsWith(".test.ts"))).toBe(true);
    const page = readFileSync(new URL("README.md", folder), "utf8");
    expect(page.split("\n")[0]).toBe(`# ${name}`);
    expect(HEADINGS.filter((heading) => !page.includes(`\n${heading}\n`))).toEqual([]);
    expect(isAlertTaskClass(entry.task)).toBe(true);
  });

  test("its page lists every option", () => {
    const page = readFileSync(new URL("README.md", folder), "utf8");
    const config = createTask(entry.task).config;
    const keys = typeof config === "object" && config !== null ? Object.keys(config) : [];
    expect(keys.filter((key) => !page.includes(`\`${key}`))).toEqual([]);
  });

  test("its tags, as its page says them, are known ones", () => {
    const page = readFileSync(new URL("README.md", folder), "utf8");
    if (pack === "generic") return;
    const tags = [...cellOf(page, "Tags").matchAll(/`([^`]+)`/g)].map(([, tag = ""]) => tag);
    expect(tags.length).toBeGreaterThan(0);
    expect(tags.filter((tag) => !isTag(tag))).toEqual([]);
  });

  test("says what it is about, and what to do", () => {
    const { description, severity, attack = [], triage, replaces = [] } = aboutOf(entry) ?? { description: "" };
    expect(description).toMatch(/^[A-Z].*\.$/);
    // Its rules say it, each for itself.
    if (pack !== "generic") expect([severity].flat().filter((name) => !isSeverity(name))).toEqual([]);
    expect(attack.filter((id) => !/^T\d{4}(\.\d{3})?$/.test(id))).toEqual([]);
    expect([triage].flat().filter((step) => step === undefined || step === "")).toEqual([]);
    expect(replaces.filter((replaced) => replaced === name || !NAMES.has(replaced))).toEqual([]);
  });

  test("looks back at least as far as one slot to the next", async () => {
    for (const { query } of await searchesOf(entry))
      if (query.plan.windowMs !== null) expect(query.plan.windowMs).toBeGreaterThanOrEqual(periodMs(entry.schedule));
  });

  test("run twice with nothing stored it says nothing the second time, and changes no event", async () => {
    const site = await createTestSite({ now: NOW });
    try {
      await site.saveEvent({ summary: "unrelated", utctimestamp: NOW });
      await site.refresh();
      const before = JSON.stringify(await site.events());
      expect(failuresOf(await site.run(entry.task))).toEqual([]);
      const first = await site.alerts();
      // These fire on silence; everything else has to be silent.
      if (!isOnSilence(entry) && name !== "AlertWatchdog") expect(first).toEqual([]);
      expect(failuresOf(await site.run(entry.task))).toEqual([]);
      expect(await site.alerts()).toEqual(first);
      expect(JSON.stringify(await site.events())).toBe(before);
    } finally {
      await site.close();
    }
  });
});

/** Without configuration some have nothing to read from, and report it. */
const failuresOf = ({ errors }: Awaited<ReturnType<TestSite["run"]>>) =>
  errors.filter(({ code }) => code !== "ALERT_REPORTED");

const cellOf = (page: string, label: string): string =>
  page.split("\n").find((line) => line.startsWith(`| ${label} `)) ?? "";

const searchesOf = async ({ task: Task }: PackEntry): Promise<readonly Search[]> => {
  const nothing = () => Promise.resolve([]);
  const returned = await createTask(Task).main({
    now: new Date(NOW),
    log: { debug: noop, info: noop, warn: noop, error: noop },
    report: noop,
    signal: new AbortController().signal,
    fetch: () => Promise.resolve(new Response("[]")),
    dns: { reverse: () => Promise.resolve(null) },
    search: () => Promise.resolve(foundEvents([], 0)),
    count: () => Promise.resolve([]) as never,
    state: { get: () => Promise.resolve(null), find: nothing, put: noop },
  });
  return [returned].flat();
};

const noop = (): void => undefined;

const periodMs = (schedule: Schedule): number => {
  const first = nextSlot(schedule, new Date(NOW));
  const second = first === null ? null : nextSlot(schedule, first);
  return (second?.getTime() ?? 0) - (first?.getTime() ?? 0);
};
