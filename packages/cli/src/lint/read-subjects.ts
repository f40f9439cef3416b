import { type AlertTask, messageOf } from "@mozdef/alert";
import {
  type AlertTaskClass,
  planSearch,
  type PlannedSearch,
  runMain,
  type SourceChoice,
  type Sources,
} from "@mozdef/alert/runtime";
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
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type AlertSources, sourceUnknown } from "../events/alert-sources.ts";
import { alertServices } from "../events/alert-services.ts";
import { nearSources } from "../events/near-sources.ts";
import type { LoadedPack } from "../packs/pack-folder.ts";
import type { Target } from "../packs/find-target.ts";
import { taskOf } from "../packs/runnable.ts";
import type { FoundSuites } from "../packs/test-files.ts";
import type { Subject } from "./problem.ts";
import { holds } from "./source/check-sources.ts";
import type { SourceFile } from "../packs/parse-source.ts";

/** What the rules of lint know beside the pack. */
interface Surroundings {
  /** Names of all alerts and rules that there are. */
  readonly known: ReadonlySet<string>;
  readonly sources: AlertSources;
}

/** What was read of a pack. */
interface ReadPack extends Surroundings {
  readonly found: FoundSuites;
  readonly files: readonly SourceFile[];
}

/** The alerts and rules of a pack as the rules of lint see them. */
export const readSubjects = async ({ pack, alerts }: Target, scope: ReadPack): Promise<readonly Subject[]> => {
  const subjects: Subject[] = [];
  for (const name of alerts) subjects.push(await readSubject(pack, name, scope));
  return subjects;
};

const readSubject = async (
  pack: LoadedPack,
  name: string,
  { known, sources, found: { suites }, files }: ReadPack,
): Promise<Subject> => {
  const entry = pack.runnables.byName.get(name);
  if (entry === undefined) throw new Error(`${pack.name} has no alert ${name}`);
  const tested = suites.filter(({ task }) => task === entry.task || task.name === name);
  const own = entry.isRule ? [] : suites.filter(({ task }) => task.name === name);
  const { cases, broken } = await recorded(own);
  const all = { ...sources, sources: nearSources({ ...sourcesOf(tested), ...sources.sources }) };
  const choice = { sources: all.sources, source: sources.given(name) };
  const { searches, ...said } = await searchesOf(() => taskOf(name, entry), { ...all, choice });
  const file = files.find((one) => holds(one, name))?.path ?? null;
  return {
    name,
    known,
    schedule: entry.schedule,
    scope: { declared: pack.pack.fields, sources: all.sources },
    // Tests try configurations that nobody runs; they are used only for an alert that looks for nothing by default.
    searches: searches.length > 0 ? searches : testedSearches(name, cases, all.sources),
    ...said,
    methods: methodsOf(entry.task),
    about: entry.about,
    cases,
    brokenSuites: broken,
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

/** The cases of those suites that pass, and what is said of the others. */
const recorded = async (
  suites: readonly CollectedSuite[],
): Promise<{ readonly cases: readonly RecordedCase[]; readonly broken: readonly string[] }> => {
  const cases: RecordedCase[] = [];
  const broken: string[] = [];
  for (const { task, suite } of suites)
    try {
      cases.push(...(await recordCases(readSuite(task, suite))));
    } catch (cause) {
      broken.push(`its tests fail, so what it says was not looked at. ${messageOf(cause)}`);
    }
  return { cases, broken };
};

/** Names of methods, from the class up to where AlertTask begins. */
const methodsOf = (task: AlertTaskClass): readonly string[] => {
  const names = new Set<string>();
  for (let at = task.prototype as object; isOwn(at); at = Object.getPrototypeOf(at) as object)
    for (const name of Object.getOwnPropertyNames(at)) if (name !== "constructor") names.add(name);
  return [...names];
};

/** The prototype of AlertTask is the last before that of all objects, in whichever copy of the package. */
const isOwn = (prototype: object): boolean =>
  prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== Object.prototype;
