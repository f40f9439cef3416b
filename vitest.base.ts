import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Packs of alerts say by mutants what their tests do not notice; measuring coverage as well only takes time. */
const isPack = basename(dirname(process.cwd())) === "alerts";

/** Costs time, and nobody looks at it while working on a test: `MOZDEF_COVERAGE=1 .ci/run`. */
const isCoverageWanted = process.env.MOZDEF_COVERAGE !== undefined && existsSync("src") && !isPack;

/** Of what takes time, one is enough: a machine with other work, a cluster that makes indices, code that is counted for coverage. */
const isSlow = ["CI", "MOZDEF_TEST_ELASTICSEARCH", "MOZDEF_COVERAGE"].some((name) => process.env[name] !== undefined);

/** Only a test that hangs may fail by its time. */
const TIMEOUT_MS = isSlow ? 60_000 : 10_000;

/** Tests of one package may run on several servers at the same time: a report for each, by its port. */
const REPORT = `.reports/vitest${(process.env.MOZDEF_TEST_ELASTICSEARCH ?? "").replace(/^.*(?=:)/, "").replace(":", "-")}`;
const UNHANDLED = `${REPORT}.txt`;

/** They fail a run and belong to no test: the JSON report does not have them. */
const unhandledErrors = {
  onTestRunEnd: (_modules: unknown, errors: readonly { readonly message: string; readonly stack?: string }[]): void => {
    rmSync(UNHANDLED, { force: true });
    if (errors.length === 0) return;
    mkdirSync(dirname(UNHANDLED), { recursive: true });
    writeFileSync(UNHANDLED, errors.map(({ message, stack }) => stack ?? message).join("\n"));
  },
};

/**
 * Packages use one another's TypeScript sources in tests, so that no build comes first.
 * The JSON report is what `.ci/run` counts.
 */
export const sourceConditions = {
  resolve: { conditions: ["@mozdef/source"] },
  ssr: { resolve: { conditions: ["@mozdef/source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    passWithNoTests: false,
    testTimeout: TIMEOUT_MS,
    hookTimeout: TIMEOUT_MS,
    // For the processes that tests start from sources: half of their time went into compiling the same files again.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, ".cache/node") },
    expect: { poll: { timeout: TIMEOUT_MS } },
    coverage: {
      enabled: isCoverageWanted,
      provider: "v8" as const,
      // Also of files that no test loads.
      include: ["src/**/*.{ts,tsx}"],
      exclude: ["**/*.test.ts", "**/*.test-d.ts"],
      reporter: ["json-summary" as const],
      reportOnFailure: true,
      reportsDirectory: ".reports/coverage",
    },
    reporters: ["default", ["json", { outputFile: `${REPORT}.json` }], unhandledErrors] as [
      "default",
      ["json", { outputFile: string }],
      typeof unhandledErrors,
    ],
  },
};
