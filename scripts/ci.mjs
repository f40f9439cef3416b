// What runs before a change lands: `npm test`, then everything that needs a real Elasticsearch or a browser.
// Each step runs even when an earlier one failed. Closes with one line that counts tests and steps.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pnpm } from "./pnpm.mjs";

const root = new URL("..", import.meta.url).pathname;
const bin = join(root, "node_modules/.bin");
let [passed, failed] = [0, 0];

const run = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env },
    });
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });

/** Packages whose tests run on either store. */
const onStore = ["./alerts/*", "@mozdef/alert-store", "@mozdef/alert-engine", "@mozdef/alert-testing"];

/** A step counts as one, beside the tests it reports. */
const step = async (name, work) => {
  const started = Date.now();
  console.log(`\n=== ${name}`);
  const code = await work().catch((error) => {
    console.error(error.message);
    return 1;
  });
  if (code === 0) passed++;
  else failed++;
  console.log(
    `=== ${name}: ${code === 0 ? "ok" : `FAILED (exit code ${code})`} in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return code === 0;
};

const foldersIn = (parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name));

/** Reports that vitest has left in the packages. */
const reports = () =>
  [...["packages", "apps", "alerts"].flatMap(foldersIn), join(root, "docs")]
    .map((folder) => join(folder, ".reports"))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));

/** Adds up and removes what vitest has reported since the last call. */
const countReports = () => {
  for (const file of reports().filter((name) => name.endsWith(".json"))) {
    const report = JSON.parse(readFileSync(file, "utf8"));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    rmSync(file);
  }
};

await step("npm test", () => run("npm", ["test", "--silent"]));
countReports();
await step("npm run release -- --dry-run", () => run("npm", ["run", "release", "--silent", "--", "--dry-run"]));
// What passed a moment ago comes from turbo's cache, with its reports: they are counted already.
for (const file of reports()) rmSync(file);

const { startElasticsearch } = await import("./elasticsearch.mjs");
let elasticsearch;
await step("start Elasticsearch", async () => {
  elasticsearch = await startElasticsearch();
  return 0;
});
if (elasticsearch !== undefined) {
  const { url } = elasticsearch;
  await step("tests on Elasticsearch", () =>
    pnpm(
      [
        "exec",
        "turbo",
        "run",
        "test",
        ...onStore.map((name) => `--filter=${name}`),
        "--continue",
        "--concurrency=2",
        "--output-logs=errors-only",
      ],
      {
        env: { MOZDEF_TEST_ELASTICSEARCH: url },
      },
    ),
  );
  countReports();
  const embedded = join(root, "packages/embedded-search");
  const node = (args) => run("node", ["--conditions=@mozdef/source", ...args]);
  await step("scenarios on both stores", () => node([join(embedded, "scenarios/compare.ts"), "--url", url]));
  await step("differential test", () =>
    node([join(embedded, "differential/run.ts"), "--url", url, "--count", "10000"]),
  );
  await step("published packages, as people use them", () =>
    run("node", [join(root, "scripts/registry-test.mjs"), "--elasticsearch", url]),
  );
  await elasticsearch.stop();
} else
  await step("published packages, as people use them", () => run("node", [join(root, "scripts/registry-test.mjs")]));

await step("real clients of the embedded store", () =>
  run("node", ["--conditions=@mozdef/source", join(root, "packages/embedded-search/test/clients/run.ts")]),
);
await step("page tests", () => pnpm(["--filter", "@mozdef/alert-runner", "run", "test:pages"]));
countReports();

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
