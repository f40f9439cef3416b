import { type AlertTask, messageOf } from "@mozdef/alert";
import { planSearch, type PlannedSearch, runMain, type SourceChoice, type Sources } from "@mozdef/alert/runtime";
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
import { type AlertSources, sourceUnknown } from "../events/alert-sources.ts";
import { alertServices } from "../events/alert-services.ts";
import { nearSources } from "../events/near-sources.ts";
import type { LoadedPack } from "../packs/pack-folder.ts";
import type { Target } from "../packs/find-target.ts";
import { taskOf } from "../packs/runnable.ts";
import { suitesOf } from "../packs/test-files.ts";
import type { Subject } from "./problem.ts";

/** What the rules of lint know beside the pack. */
interface Surroundings {
  /** Names of all alerts and rules that there are. */
  readonly known: ReadonlySet<string>;
  readonly sources: AlertSources;
}

/** The alerts and rules of a pack as the rules of lint see them. */
export const readSubjects = async (
  { pack, alerts }: Target,
  surroundings: Surroundings,
): Promise<readonly Subject[]> => {
  const suites = await suitesOf(pack);
  const files = sourceFiles(pack);
  const subjects: Subject[] = [];
  for (const name of alerts) subjects.push(await readSubject(pack, name, { ...surroundings, suites, files }));
  return subjects;
};

interface PackScope extends Surroundings {
  readonly suites: readonly CollectedSuite[];
  readonly files: readonly SourceFile[];
}

const readSubject = async (
  pack: LoadedPack,
  name: string,
  { known, sources, suites, files }: PackScope,
): Promise<Subject> => {
  const entry = pack.runnables.byName.get(name);
  if (entry === undefined) throw new Error(`${pack.name} has no alert ${name}`);
  const tested = suites.filter(({ task }) => task === entry.task || task.name === name);
  const own = entry.isRule ? [] : suites.filter(({ task }) => task.name === name);
  const cases: RecordedCase[] = [];
  for (const { task, suite } of own) cases.push(...(await recordCases(readSuite(task, suite))));
  const all = { ...sources, sources: nearSources({ ...sourcesOf(tested), ...sources.sources }) };
  const choice = { sources: all.sources, source: sources.given(name) };
  const { searches, ...said } = await searchesOf(() => taskOf(name, entry), { ...all, choice });
  const file = files.find(({ text }) => text.includes(`class ${name} `))?.file ?? null;
  return {
    name,
    known,
    schedule: entry.schedule,
    scope: { declared: pack.pack.fields, sources: all.sources },
    // Tests try configurations that nobody runs; they are used only for an alert that looks for nothing by default.
    searches: searches.length > 0 ? searches : testedSearches(name, cases, all.sources),
    ...said,
    about: entry.about,
    cases,
    // The class of a rule has a suite and a page; what is the rule's own is checked by the other rules here.
    hasSuite: entry.isRule || own.length > 0,
    folder: file === null ? null : relative(pack.path, dirname(file)),
    hasReadme: entry.isRule || (file !== null && existsSync(join(dirname(file), "README.md"))),
  };
};

/** The sources that suites bring along: a pack may be without a configuration of a service. */
const sourcesOf = (suites: readonly CollectedSuite[]): Sources =>
  Object.fromEntries(
    suites.flatMap(({ suite: { source, sourceName } }) =>
      source === undefined || sourceName === undefined ? [] : [[sourceName, source]],
    ),
  );

const testedSearches = (name: string, cases: readonly RecordedCase[], sources: Sources): readonly PlannedSearch[] =>
  cases.flatMap(({ mains }) => mains.flat().map((search) => planSearch(name, search, { sources })));

type Said = Pick<Subject, "searches" | "failure" | "unknownSource">;

/** What `main` returns in the pack's own configuration, on an empty store and without a network. */
const searchesOf = async (
  makeTask: () => AlertTask<unknown>,
  { choice, ...sources }: AlertSources & { readonly choice: SourceChoice },
): Promise<Said> => {
  const site = await createTestSite({ elasticsearch: "", sources: sources.sources });
  try {
    const services = { ...alertServices({ err: () => undefined }), fetch: recordFetch([]).fetch, dns: site.dns };
    const signal = new AbortController().signal;
    const store = createAlertStore({ client: site.client });
    const task = makeTask();
    const { context } = openContext(store, services, { task: task.name, choice, now: new Date(site.now), signal });
    return { searches: await runMain(task, context, choice), failure: null, unknownSource: null };
  } catch (cause) {
    const unknown = sourceUnknown(cause, sources);
    if (unknown !== null) return { searches: [], failure: null, unknownSource: unknown.message.replace("\n", " ") };
    return { searches: [], failure: messageOf(cause), unknownSource: null };
  } finally {
    await site.close();
  }
};

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const NOT_SOURCE = new Set(["node_modules", "dist"]);

const sourceFiles = ({ path }: LoadedPack): readonly SourceFile[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[mc]?[jt]s$/.test(file) && !file.includes(".test."))
    .filter((file) => !file.split(sep).some((part) => NOT_SOURCE.has(part)))
    .map((file) => join(path, file))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
