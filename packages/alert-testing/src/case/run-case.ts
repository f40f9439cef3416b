import type { AlertTask } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { buildEvent, buildSourceEvent } from "../build/default-event.ts";
import { Aftermath } from "../delivery/aftermath.ts";
import { type Probe, probeTask } from "../probe/probe-task.ts";
import type { ClusterPool } from "../site/cluster-pool.ts";
import { openSite } from "../site/create-test-site.ts";
import { recordFetch } from "../site/record-fetch.ts";
import type { PreparedCase, PreparedRun, PreparedSuite } from "../suite/prepared-suite.ts";
import { wrapTask } from "../task/wrap-task.ts";
import { SOURCE, sourcesOf } from "./case-source.ts";
import { checkCoverage } from "./check-coverage.ts";
import { checkDeliveries } from "./check-deliveries.ts";
import { checkRequests } from "./check-requests.ts";
import { checkRun } from "./check-run.ts";
import type { RunningCase } from "./running-case.ts";
import { setStatus } from "./set-status.ts";
import { addressOf } from "./stored-events.ts";

export interface RunCaseOptions {
  /** Runs something else instead of the alert: a mutant. It is not probed. */
  readonly replace?: (task: AlertTask<unknown>) => AlertTask<unknown>;
}

/**
 * Runs one case on a fresh site.
 *
 * @throws {TestingError} `TEST_CASE_FAILED` with what differs, and only that.
 */
export const runCase = (suite: PreparedSuite, testCase: PreparedCase, options: RunCaseOptions = {}): Promise<void> =>
  runPooledCase(suite, testCase, null, options);

/**
 * {@link runCase} with parts of a cluster that are used again.
 *
 * @param pool - Null: the case makes and removes its own.
 */
export const runPooledCase = async (
  suite: PreparedSuite,
  testCase: PreparedCase,
  pool: ClusterPool | null,
  options: RunCaseOptions = {},
): Promise<void> => {
  const isDoubtful = await runOnSite(suite, testCase, pool, options);
  // What a mapping has learned from other cases may be the reason: a fresh site decides.
  if (isDoubtful) await runOnSite(suite, testCase, null, options);
};

/** @returns whether it failed on a site that was used before. */
const runOnSite = async (
  suite: PreparedSuite,
  testCase: PreparedCase,
  pool: ClusterPool | null,
  options: RunCaseOptions,
): Promise<boolean> => {
  const network = recordFetch(testCase.replies);
  const { site, isReused } = await openSite(
    {
      now: suite.now.toISOString(),
      fetch: network.fetch,
      ...(suite.suite.fields !== undefined && { fields: suite.suite.fields }),
      ...(suite.suite.indices !== undefined && { indices: suite.suite.indices }),
      sources: sourcesOf(suite),
      ...(testCase.reverseDns !== undefined && { reverseDns: testCase.reverseDns }),
    },
    pool,
  );
  try {
    await testCase.setup?.(site);
    const task = createTask(suite.task, testCase.config);
    const probe = options.replace === undefined ? probeTask(task) : unprobed(options.replace(task));
    const { delivery } = testCase;
    const { fetch } = network;
    const running: RunningCase = {
      suite,
      testCase,
      site,
      probe,
      isMutant: options.replace !== undefined,
      // What a set-up has saved was not made by the case.
      seen: new Set(testCase.setup === undefined ? [] : (await site.alertsSoFar()).map(addressOf)),
      resolved: new Set(),
      after: delivery === null ? null : await Aftermath.open({ site, delivery, start: suite.now, fetch }),
    };
    for (const [index, run] of testCase.runs.entries()) await runStep(running, run, index);
    if (testCase.kind === "fires") await checkCoverage(running);
    await checkDeliveries(running);
    if (testCase.requests !== undefined) checkRequests(testCase.requests, network.requests);
    return false;
  } catch (cause) {
    if (isReused) return true;
    throw cause;
  } finally {
    await site.close();
  }
};

const unprobed = (task: AlertTask<unknown>): Probe => {
  const searches: Probe["searches"][number][] = [];
  const wrapper = wrapTask(task, {
    main: async (context, main) => {
      const returned = await main(context);
      searches.push(...[returned].flat());
      return returned;
    },
  });
  return { task: wrapper, searches, problems: [] };
};

const runStep = async (running: RunningCase, run: PreparedRun, index: number): Promise<void> => {
  const { testCase, site, suite, after } = running;
  const now = new Date(suite.now.getTime() + run.offsetMs);
  await after?.playUntil(now);
  site.now = now.toISOString();
  await setStatus(running, run);
  await save(running, run, index);
  await checkRun(running, run, testCase.runs.length > 1 ? `Run ${index + 1}: ` : "");
  await after?.playUntil(now);
};

const save = async ({ testCase, site, suite }: RunningCase, run: PreparedRun, index: number): Promise<void> => {
  const clock = { start: suite.now, now: new Date(site.now) };
  const { source, sourceName = SOURCE } = suite.suite;
  if (source !== undefined) {
    await site.saveSourceEvents(
      sourceName,
      run.events.map((event) => buildSourceEvent(source, [testCase.event, event], clock)),
    );
    return site.refresh();
  }
  const events = run.events.map((event, position) =>
    buildEvent([testCase.event, event], clock, `${testCase.name}/${index}/${position}`),
  );
  // What a set-up has written need not be visible yet.
  const isRefreshed = events.length > 0 && testCase.setup === undefined;
  if (events.length > 0) await site.saveEvents(events, { refresh: isRefreshed });
  if (!isRefreshed) await site.refresh();
};
