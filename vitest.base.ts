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
    // A cluster takes its time to create and delete indices.
    testTimeout: process.env.MOZDEF_TEST_ELASTICSEARCH === undefined ? 10_000 : 60_000,
    hookTimeout: process.env.MOZDEF_TEST_ELASTICSEARCH === undefined ? 10_000 : 60_000,
    reporters: ["default", ["json", { outputFile: ".reports/vitest.json" }]] as [
      "default",
      ["json", { outputFile: string }],
    ],
  },
};
