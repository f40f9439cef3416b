/**
 * Packages use one another's TypeScript sources in tests, so that no build comes first.
 * Type tests (`x.test-d.ts`) run with the unit tests.
 */
export const sourceConditions = {
  resolve: { conditions: ["@mozdef/source"] },
  ssr: { resolve: { conditions: ["@mozdef/source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    passWithNoTests: false,
  },
};
