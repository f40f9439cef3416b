import { messageOf } from "@mozdef/alert";
import { type CollectedSuite, collectSuites, readSuite, runCase } from "@mozdef/alert-testing";
import type { PreparedCase, PreparedSuite } from "@mozdef/alert-testing";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { SWITCH } from "./instrument.ts";
import type { MutationOrder, MutationReply, MutationSetup, RecordedRun } from "./mutation-messages.ts";
import type { Recorded, RecordOrder, Tried, TryOrder } from "./mutation-messages.ts";

/** The hidden subcommand of the process that tries mutants. */
export const MUTANTS_COMMAND = "mutate-worker";

/** In a process of its own: does one order after another. What a mutant does to it, the process that asks sees. */
export const serveMutants = async (): Promise<void> => {
  // Nobody would read what is found.
  process.once("disconnect", () => process.exit(1));
  let bench: Bench | null = null;
  process.on("message", (order: MutationOrder) => {
    const work = async (): Promise<Recorded | Tried | null> => {
      if (order.type === "setup") bench = await openBench(order);
      else if (bench === null) throw new Error("The process that tries mutants was not set up.");
      else return order.type === "record" ? record(bench, order) : tryMutant(bench, order);
      return null;
    };
    const reply = (message: MutationReply): void => void process.send?.(message);
    work().then(
      (value) => reply({ ok: true, value }),
      (cause: unknown) => reply({ ok: false, message: messageOf(cause) }),
    );
  });
  // Until it is disconnected.
  await new Promise(() => undefined);
};

/** Suites of a pack, and the switch between its mutants. */
interface Bench {
  readonly setup: MutationSetup;
  readonly suites: readonly CollectedSuite[];
  readonly loaded: readonly number[];
  readonly modules: ReadonlySet<string>;
  readonly switch: MutantSwitch;
}

interface MutantSwitch {
  /** The mutant that is at work. */
  active: number | null;
  /** The mutants whose place was passed while none was at work. */
  reached: Set<number>;
}

const openBench = async (setup: MutationSetup): Promise<Bench> => {
  const state: MutantSwitch = { active: null, reached: new Set() };
  Reflect.set(globalThis, Symbol.for(SWITCH), (id: number): boolean => {
    if (state.active === null) state.reached.add(id);
    return state.active === id;
  });
  const modules = serveModules(setup);
  const suites = await load(setup, "");
  return { setup, suites, loaded: [...state.reached], modules, switch: state };
};

/** Gives modules their code with mutants; nothing is written to the disk. Returns the paths of those that were asked for. */
const serveModules = ({ modules, pack }: MutationSetup): ReadonlySet<string> => {
  const codes = new Map(modules.map(([path, code]) => [pathToFileURL(path).href, { path, code }]));
  const asked = new Set<string>();
  const own = `${pathToFileURL(pack).href}/`;
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      const again = AGAIN.exec(context.parentURL ?? "")?.[0] ?? "";
      const isOwn = found.url.startsWith(own) && !found.url.includes("/node_modules/");
      return isOwn && !AGAIN.test(found.url) ? { ...found, url: `${found.url}${again}` } : found;
    },
    load: (url, context, next) => {
      const module = codes.get(url.replace(AGAIN, ""));
      if (module === undefined) return next(url, context);
      asked.add(module.path);
      return { format: "module", source: module.code, shortCircuit: true };
    },
  });
  return asked;
};

/** What makes other modules of the same files; it goes on to what they import from their pack. */
const AGAIN = /\?mozdef-mutant=\d+$/;

const load = async ({ files }: MutationSetup, query: string): Promise<readonly CollectedSuite[]> => {
  const suites: CollectedSuite[] = [];
  for (const file of files) suites.push(...(await collectSuites(() => import(`${pathToFileURL(file).href}${query}`))));
  return suites;
};

interface SuiteCase {
  readonly suite: PreparedSuite;
  readonly testCase: PreparedCase;
}

/** Skipped cases are left out. */
const casesOf = (suites: readonly CollectedSuite[], alerts: readonly string[]): readonly SuiteCase[] =>
  suites
    .filter(({ task }) => alerts.includes(task.name))
    .map(({ task, suite }) => readSuite(task, suite))
    .flatMap((suite) => suite.cases.map((testCase) => ({ suite, testCase })))
    .filter(({ testCase }) => testCase.skip === undefined);

/** As a mutant is run: the alert is not probed. */
const run = ({ suite, testCase }: SuiteCase): Promise<void> => runCase(suite, testCase, { replace: (task) => task });

const record = async (bench: Bench, { alerts }: RecordOrder): Promise<Recorded> => {
  const cases: RecordedRun[] = [];
  for (const one of casesOf(bench.suites, alerts)) {
    bench.switch.reached = new Set();
    const started = performance.now();
    await run(one);
    const { name } = one.testCase;
    cases.push({ name, ms: performance.now() - started, reached: [...bench.switch.reached] });
  }
  return { cases, loaded: bench.loaded, modules: [...bench.modules] };
};

const tryMutant = async (bench: Bench, { alerts, mutant, cases, loadsAgain }: TryOrder): Promise<Tried> => {
  bench.switch.active = mutant;
  try {
    const suites = loadsAgain ? await loadedAgain(bench, mutant) : bench.suites;
    // What cannot be loaded any more fails all of its tests.
    if (suites === null) return { noticedBy: cases[0] ?? 0 };
    const all = casesOf(suites, alerts);
    for (const position of cases) {
      const one = all[position];
      if (one !== undefined && (await fails(one))) return { noticedBy: position };
    }
    return { noticedBy: null };
  } finally {
    bench.switch.active = null;
  }
};

const loadedAgain = async ({ setup }: Bench, mutant: number): Promise<readonly CollectedSuite[] | null> => {
  try {
    return await load(setup, `?mozdef-mutant=${mutant}`);
  } catch {
    return null;
  }
};

const fails = async (one: SuiteCase): Promise<boolean> => {
  try {
    await run(one);
    return false;
  } catch {
    // Whatever it is that a case throws, its test is red.
    return true;
  }
};
