// What runs before a change lands: `npm test`, then everything that needs a real Elasticsearch or a browser.
// Each step runs even when an earlier one failed. Closes with one line that counts tests and steps.
import { join } from "node:path";
import { coverageTable } from "./ci/coverage-table.ts";
import { Tally } from "./ci/tally.ts";
import { startElasticsearch, type Elasticsearch } from "./elasticsearch/start.ts";
import { pnpm, runAtRoot } from "./pnpm.mjs";
import { root } from "./repository.ts";

const bin = join(root, "node_modules/.bin");

const run = (command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> =>
  runAtRoot(command, args, { env: { PATH: `${bin}:${process.env.PATH ?? ""}`, ...env } });

/** Both steps that run all tests: turbo keeps results with and without coverage apart. */
const MEASURED = { MOZDEF_COVERAGE: "1" };

/** A program in TypeScript of this repository, on the sources of the packages. */
const runSource = (file: string, ...args: readonly string[]): Promise<number> =>
  run("node", ["--conditions=@mozdef/source", file, ...args]);

/** Packages whose tests run on either store. */
const ON_EITHER_STORE = ["./alerts/*", "@mozdef/alert-store", "@mozdef/alert-engine", "@mozdef/alert-testing"];

const testOn = (url: string): Promise<number> =>
  pnpm(
    [
      ...["exec", "turbo", "run", "test"],
      ...ON_EITHER_STORE.map((name) => `--filter=${name}`),
      ...["--continue", "--concurrency=2", "--output-logs=errors-only"],
    ],
    { env: { MOZDEF_TEST_ELASTICSEARCH: url } },
  );

const tally = new Tally();

await tally.step("npm test", () => run("npm", ["test", "--silent"], MEASURED));
tally.countReports();
const coverage = coverageTable();
await tally.step("npm run release -- --dry-run", () =>
  run("npm", ["run", "release", "--silent", "--", "--dry-run"], MEASURED),
);
// What passed a moment ago comes from turbo's cache, with its reports: they are counted already.
tally.dropReports();

let elasticsearch: Elasticsearch | undefined;
await tally.step("start Elasticsearch", async () => {
  elasticsearch = await startElasticsearch();
  return 0;
});
if (elasticsearch !== undefined) {
  const { url, stop } = elasticsearch;
  await tally.step("tests on Elasticsearch", () => testOn(url));
  tally.countReports();
  const embedded = join(root, "packages/embedded-search");
  await tally.step("scenarios on both stores", () => runSource(join(embedded, "scenarios/compare.ts"), "--url", url));
  await tally.step("differential test", () =>
    runSource(join(embedded, "differential/run.ts"), "--url", url, "--count", "10000"),
  );
  await tally.step("published packages, as people use them", () =>
    run("node", ["scripts/registry-test.ts", "--elasticsearch", url]),
  );
  await stop();
} else await tally.step("published packages, as people use them", () => run("node", ["scripts/registry-test.ts"]));

await tally.step("real clients of the embedded store", () => runSource("packages/embedded-search/test/clients/run.ts"));
await tally.step("page tests", () => pnpm(["--filter", "@mozdef/alert-runner", "run", "test:pages"]));
tally.countReports();

console.log(`\nCoverage of the tests in \`npm test\`, in percent:\n\n${coverage}`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
