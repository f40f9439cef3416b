import { stripVTControlCharacters } from "node:util";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { vitestIn } from "../test-run/run-tests.ts";
import { type FailedTest, placeIn, type TestsSummary } from "./tests-summary.ts";

/** Tests that stay loaded between runs as far as they can. */
export interface TestSession {
  /** @param files - Test files. @param changed - What has changed since the last run. */
  readonly run: (files: readonly string[], changed: readonly string[]) => Promise<TestsSummary>;
  readonly close: () => Promise<void>;
}

/** What is used of `vitest/node`, whose version is that of the pack. */
interface VitestNode {
  readonly createVitest: (mode: "test", options: object) => Promise<Vitest>;
}

interface Vitest {
  globTestSpecifications(filters: readonly string[]): Promise<readonly Specification[]>;
  runTestSpecifications(specifications: readonly Specification[], isAll: boolean): Promise<unknown>;
  rerunTestSpecifications(specifications: readonly Specification[], isAll: boolean): Promise<unknown>;
  invalidateFile(file: string): void;
  close(): Promise<void>;
}

interface Specification {
  readonly moduleId: string;
}

interface TestModule {
  readonly moduleId: string;
  readonly children: { allTests(): Iterable<TestCase> };
  errors(): readonly TestError[];
}

interface TestCase {
  readonly fullName: string;
  result(): { readonly state: string; readonly errors?: readonly TestError[] };
}

interface TestError {
  readonly message: string;
  readonly stacks?: readonly { readonly file: string; readonly line: number; readonly column: number }[];
}

/** The vitest of a pack in this process, which prints nothing by itself. */
export const vitestSession = async (path: string): Promise<TestSession> => {
  const { createVitest } = (await import(
    pathToFileURL(join(dirname(vitestIn(path)), "dist/node.js")).href
  )) as VitestNode;
  let modules: readonly TestModule[] = [];
  let unhandled: readonly TestError[] = [];
  const reporter = {
    onTestRunEnd: (ended: readonly TestModule[], errors: readonly TestError[]) => {
      modules = ended;
      unhandled = errors;
    },
  };
  const listeners = signalListeners();
  const vitest = await createVitest("test", { root: path, watch: false, reporters: [reporter] });
  // It would end the command at once, in its own way.
  for (const { signal, listener } of signalListeners())
    if (!listeners.some((own) => own.listener === listener)) process.off(signal, listener);
  let hasRun = false;
  return {
    run: async (files, changed) => {
      const started = performance.now();
      for (const file of changed) vitest.invalidateFile(file);
      const all = await vitest.globTestSpecifications([]);
      const wanted = all.filter(({ moduleId }) => files.includes(moduleId));
      modules = [];
      unhandled = [];
      if (wanted.length > 0)
        await (hasRun ? vitest.rerunTestSpecifications(wanted, false) : vitest.runTestSpecifications(wanted, false));
      hasRun ||= wanted.length > 0;
      // What tests fail of is told here; the command itself has not failed.
      process.exitCode = undefined;
      return summaryOf(path, modules, unhandled, performance.now() - started);
    },
    close: () => vitest.close(),
  };
};

const signalListeners = () =>
  (["SIGINT", "SIGTERM"] as const).flatMap((signal) =>
    process.listeners(signal).map((listener) => ({ signal, listener })),
  );

const summaryOf = (
  path: string,
  modules: readonly TestModule[],
  unhandled: readonly TestError[],
  ms: number,
): TestsSummary => {
  const failed: FailedTest[] = [];
  let passed = 0;
  for (const module of modules) {
    for (const error of module.errors()) failed.push(failureOf(path, module.moduleId, error));
    for (const test of module.children.allTests()) {
      const { state, errors = [] } = test.result();
      if (state === "passed") passed++;
      else if (state === "failed") failed.push(failureOf(path, test.fullName, errors[0]));
    }
  }
  for (const error of unhandled) failed.push(failureOf(path, "beside the tests", error));
  return { passed, failed, ms };
};

const failureOf = (path: string, name: string, error: TestError | undefined): FailedTest => {
  const places = (error?.stacks ?? []).map(({ file, line, column }) => placeIn(path, file, line, column));
  return {
    name: placeIn(path, name, 0, 0)?.replace(/:0:0$/, "") ?? name,
    message: stripVTControlCharacters(error?.message ?? "failed"),
    place: places.find((place) => place !== null) ?? null,
  };
};
