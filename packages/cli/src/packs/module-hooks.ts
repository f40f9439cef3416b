import { registerHooks } from "node:module";

/** What test files import from their runners, without a runner. */
const RUNNERS = new Set(["vitest", "node:test"]);

const NAMES = [
  ...[
    "describe",
    "suite",
    "it",
    "test",
    "bench",
    "beforeAll",
    "beforeEach",
    "afterAll",
    "afterEach",
    "before",
    "after",
  ],
  ...["expect", "expectTypeOf", "assert", "assertType", "chai", "vi", "vitest", "mock", "inject"],
  ...["onTestFailed", "onTestFinished"],
];

/** One value that can be called, read and awaited, and never does anything. */
const STAND_IN = `data:text/javascript,${encodeURIComponent(
  [
    "const nothing = new Proxy(() => nothing, { get: (_, key) => (key === 'then' ? undefined : nothing) });",
    `export { ${NAMES.map((name) => `nothing as ${name}`).join(", ")}, nothing as default };`,
  ].join("\n"),
)}`;

/** Packages of a workspace use one another's sources, so that nothing has to be built first. Published ones have no such condition. */
const SOURCES = "@mozdef/source";

let isInstalled = false;

/**
 * Lets packs and their test files be imported as they stand in a workspace: sources of other packages, and test runners that
 * define nothing.
 */
export const installModuleHooks = (): void => {
  if (isInstalled) return;
  isInstalled = true;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (RUNNERS.has(specifier)) return { url: STAND_IN, format: "module", shortCircuit: true };
      return next(specifier, { ...context, conditions: [...context.conditions, SOURCES] });
    },
  });
};
