import { type AlertTask, messageOf } from "@mozdef/alert";
import { planSearch, type PlannedSearch, runMain } from "@mozdef/alert/runtime";
import { openContext } from "@mozdef/alert-engine";
import { createAlertStore } from "@mozdef/alert-store";
import {
  type CollectedSuite,
  createTestSite,
  readSuite,
  type RecordedCase,
  recordCases,
  recordFetch,
} from "@mozdef/alert-testing";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { alertServices } from "../events/alert-services.ts";
import type { LoadedPack } from "../packs/pack-folder.ts";
import type { Target } from "../packs/find-target.ts";
import { taskOf } from "../packs/runnable.ts";
import { suitesOf } from "../packs/test-files.ts";
import type { Subject } from "./problem.ts";

/** The alerts and rules of a pack as the rules of lint see them. @param known - Names of all that there are. */
export const readSubjects = async (
  { pack, alerts }: Target,
  known: ReadonlySet<string>,
): Promise<readonly Subject[]> => {
  const suites = await suitesOf(pack);
  const sources = sourceFolders(pack);
  const subjects: Subject[] = [];
  for (const name of alerts) subjects.push({ ...(await readSubject(pack, name, suites, sources)), known });
  return subjects;
};

const readSubject = async (
  pack: LoadedPack,
  name: string,
  suites: readonly CollectedSuite[],
  sources: readonly SourceFile[],
): Promise<Omit<Subject, "known">> => {
  const entry = pack.runnables.byName.get(name);
  if (entry === undefined) throw new Error(`${pack.name} has no alert ${name}`);
  const own = entry.isRule ? [] : suites.filter(({ task }) => task.name === name);
  const cases: RecordedCase[] = [];
  for (const { task, suite } of own) cases.push(...(await recordCases(readSuite(task, suite))));
  const { searches, failure } = await searchesOf(() => taskOf(name, entry));
  const file = sources.find(({ text }) => text.includes(`class ${name} `))?.file ?? null;
  return {
    name,
    schedule: entry.schedule,
    fields: pack.pack.fields,
    // Tests try configurations that nobody runs; they are used only for an alert that looks for nothing by default.
    searches: searches.length > 0 ? searches : tested(name, cases),
    failure,
    about: entry.about,
    cases,
    // The class of a rule has a suite and a page; what is the rule's own is checked by the other rules here.
    hasSuite: entry.isRule || own.length > 0,
    folder: file === null ? null : relative(pack.path, dirname(file)),
    hasReadme: entry.isRule || (file !== null && existsSync(join(dirname(file), "README.md"))),
  };
};

const tested = (name: string, cases: readonly RecordedCase[]): readonly PlannedSearch[] =>
  cases.flatMap(({ mains }) => mains.flat().map((search) => planSearch(name, search)));

/** What `main` returns in the pack's own configuration, on an empty store and without a network. */
const searchesOf = async (
  makeTask: () => AlertTask<unknown>,
): Promise<{ readonly searches: readonly PlannedSearch[]; readonly failure: string | null }> => {
  const site = await createTestSite({ elasticsearch: "" });
  try {
    const services = { ...alertServices({ err: () => undefined }), fetch: recordFetch([]).fetch, dns: site.dns };
    const signal = new AbortController().signal;
    const store = createAlertStore({ client: site.client });
    const task = makeTask();
    const { context } = openContext(store, services, { task: task.name, now: new Date(site.now), signal });
    return { searches: await runMain(task, context), failure: null };
  } catch (cause) {
    return { searches: [], failure: messageOf(cause) };
  } finally {
    await site.close();
  }
};

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const NOT_SOURCE = new Set(["node_modules", "dist"]);

const sourceFolders = ({ path }: LoadedPack): readonly SourceFile[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[mc]?[jt]s$/.test(file) && !file.includes(".test."))
    .filter((file) => !file.split(sep).some((part) => NOT_SOURCE.has(part)))
    .map((file) => join(path, file))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
