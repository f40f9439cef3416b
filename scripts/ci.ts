// What runs before a change lands: `npm test`, then everything that needs a real store, one server after another, or a browser.
// Each step runs even when an earlier one failed. Closes with one line that counts tests and steps. With MOZDEF_COVERAGE=1 it also prints how
// much of the code the tests of `npm test` run, which takes them a third longer.
import { join } from "node:path";
import { coverageTable } from "./ci/coverage-table.ts";
import { ON_SERVERS, type TestsOf } from "./ci/real-servers.ts";
import { Tally, type Work } from "./ci/tally.ts";
import { type Server, type ServerName, SERVERS } from "./elasticsearch/servers.ts";
import { ADMIN, READER, startElasticsearch, type Elasticsearch } from "./elasticsearch/start.ts";
import { pnpm as plainPnpm, runAtRoot } from "./pnpm.mjs";
import { root } from "./repository.ts";

const bin = join(root, "node_modules/.bin");

const run =
  (command: string, args: readonly string[]): Work =>
  (hear) =>
    runAtRoot(command, args, { env: { PATH: `${bin}:${process.env.PATH ?? ""}` }, onOutput: hear });

const pnpm =
  (args: readonly string[], env: Readonly<Record<string, string>> = {}): Work =>
  (hear) =>
    plainPnpm(args, { env, onOutput: hear });

/** A program in TypeScript of this repository, on the sources of the packages. */
const runSource = (file: string, ...args: readonly string[]): Work =>
  run("node", ["--conditions=@mozdef/source", file, ...args]);

/** At the same time: each of them waits for something most of the time. */
const together =
  (...works: readonly Work[]): Work =>
  async (hear) => {
    const codes = await Promise.all(works.map((work) => work(hear)));
    return codes.find((code) => code !== 0) ?? 0;
  };

const isPart = ({ files, without }: TestsOf): boolean => files !== undefined || without !== undefined;

const testOn = (server: ServerName, url: string): Work => {
  const tests = ON_SERVERS[server];
  const env = { MOZDEF_TEST_ELASTICSEARCH: url };
  const whole = tests.filter((each) => !isPart(each)).map(({ filter }) => `--filter=${filter}`);
  return together(
    pnpm(["exec", "turbo", "run", "test", ...whole, "--continue", "--concurrency=2", "--output-logs=errors-only"], env),
    ...tests.filter(isPart).map(({ filter, files = [], without = [] }) => {
      const others = without.flatMap((file) => ["--exclude", file]);
      return pnpm(["--filter", filter, "exec", "vitest", "run", ...files, ...others], env);
    }),
  );
};

const tally = new Tally();

await tally.step("npm test", run("npm", ["test", "--silent"]));
tally.countReports();
const coverage = process.env.MOZDEF_COVERAGE === undefined ? null : coverageTable();
await tally.step("npm run release -- --dry-run", run("npm", ["run", "release", "--silent", "--", "--dry-run"]));
// What passed a moment ago comes from turbo's cache, with its reports: they are counted already.
tally.dropReports();

/** What there is to do with a server beside testing on it. */
interface More {
  /** As long as it is empty. */
  readonly before?: (url: string) => Promise<void>;
  readonly after?: (url: string) => Promise<void>;
}

/** Starts a server, tests on it, does what else there is to do with it, and stops it. @returns whether it could be started. */
const onServer = async ({ name, product, version }: Server, { before, after }: More): Promise<boolean> => {
  let running: Elasticsearch | undefined;
  await tally.step(`start ${product} ${version}`, async () => {
    running = await startElasticsearch({ server: name, isInMemory: true });
    return 0;
  });
  if (running === undefined) return false;
  const { url, stop } = running;
  await before?.(url);
  await tally.step(`tests on ${product} ${version}`, testOn(name, url));
  await after?.(url);
  await stop();
  return true;
};

/** A team's own cluster, which the service may only read. */
const story = (...args: readonly string[]): Work =>
  runSource("apps/alert-runner/test/existing-cluster/run.ts", ...args);

const credential = ({ username, password }: typeof ADMIN): string => `${username}:${password}`;

const storyWithUsers =
  (own: string): Work =>
  async (hear) => {
    const theirs = await startElasticsearch({ isSecured: true, isInMemory: true });
    try {
      const users = ["--admin", credential(ADMIN), "--reader", credential(READER)];
      return await story("--theirs", theirs.url, ...users, "--own", own)(hear);
    } finally {
      await theirs.stop();
    }
  };

const compare = async (url: string): Promise<void> => {
  const embedded = join(root, "packages/embedded-search");
  await tally.step("scenarios on both stores", runSource(join(embedded, "scenarios/compare.ts"), "--url", url));
  const differential = (...options: readonly string[]): Work =>
    runSource(join(embedded, "differential/run.ts"), "--url", url, ...options);
  await tally.step("differential test", differential("--count", "20000"));
  await tally.step("differential test of aggregations", differential("--count", "20000", "--aggregations"));
  await tally.step("differential test of stories", differential("--count", "2000", "--stories"));
};

const onReference = async (url: string): Promise<void> => {
  await tally.step("a cluster of others, with users", storyWithUsers(url));
  const night = "apps/alert-runner/test/story/run.ts";
  // Most of their time goes by between one fault and the next.
  await Promise.all([
    tally.step(
      "three runners, killed and paused at random",
      runSource("apps/alert-runner/test/runners/run.ts", "--url", url, "--faults", "20"),
    ),
    tally.step("after the alert, while runners are killed", runSource(night, "--url", url)),
    tally.step("after the alert, on the embedded store", runSource(night, "--embedded", "--kills", "2")),
  ]);
  await tally.step(
    "from the embedded store to a cluster and back",
    runSource("apps/alert-runner/test/transfer/run.ts", "--url", url),
  );
  await tally.step(
    "published packages, as people use them",
    run("node", ["scripts/registry-test.ts", "--elasticsearch", url]),
  );
};

/** Elasticsearch's builds for tests have no data streams. */
const onStreams = async (url: string): Promise<void> =>
  tally.step("a cluster of others, with data streams", story("--theirs", url));

// The embedded store imitates the first of them.
const [reference, ...others] = SERVERS;
if (!(await onServer(reference, { before: compare, after: onReference })))
  await tally.step("published packages, as people use them", run("node", ["scripts/registry-test.ts"]));
tally.countReports();
await Promise.all(
  others.map((server) => onServer(server, server.name === "opensearch-3.6" ? { after: onStreams } : {})),
);
tally.countReports();

await tally.step(
  "fuzzing of everything that reads events",
  runSource("packages/event-intake/fuzz/run.ts", "--count", "20000"),
);
await tally.step("real clients of the embedded store", runSource("packages/embedded-search/test/clients/run.ts"));
await tally.step("real senders of logs", runSource("apps/alert-runner/test/senders/run.ts"));
await tally.step("answers as the OpenAPI document says", runSource("apps/alert-runner/test/contract/run.ts"));
await tally.step("200 connections, alerts on time", runSource("apps/alert-runner/test/load/run.ts", "--seconds", "20"));
await tally.step("deployment files", runSource("apps/alert-runner/test/deployment/run.ts"));
await tally.step("page tests", pnpm(["--filter", "@mozdef/alert-runner", "run", "test:pages"]));
tally.countReports();

if (coverage !== null) console.log(`\nCoverage of the tests in \`npm test\`, in percent:\n\n${coverage}`);
console.log(`\n${tally.summary()}`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
