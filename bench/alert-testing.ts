// How long does one test case of an alert take: a fresh site, ten events, the run, every assertion?
import { ago, type PreparedSuite, readSuite, repeat, runCase } from "@mozdef/alert-testing";
import { AlertBruteforceSsh } from "@mozdef/alerts-ssh";

/** As many as MozDef's own alert tests have. */
const CASES = 224;
/** A large suite of one alert. */
const MANY = 1000;
/** MozDef on its cluster, and ElastAlert's tester for one rule, on a two-core machine. */
const PEERS = { MozDef: 467, ElastAlert: 730 };
const BUDGET_MS = 3;

const old = { utctimestamp: ago({ minutes: 3 }), receivedtimestamp: ago({ minutes: 3 }) };

/** Half of the cases fire, half are silent. */
const suiteOf = (cases: number): PreparedSuite =>
  readSuite(AlertBruteforceSsh, {
    event: { summary: "login failed", details: { program: "sshd", sourceipaddress: "1.2.3.4" } },
    alert: { category: "bruteforce", severity: "NOTICE", tags: ["ssh"] },
    fires: Array.from({ length: cases / 2 }, (_, index) => ({
      name: `ten failures on host ${index}`,
      events: repeat(10, { hostname: `host${index}` }),
      alert: { summary: `10 ssh bruteforce attempts by 1.2.3.4 host${index} (10 hits)` },
    })),
    silent: Array.from({ length: cases / 2 }, (_, index) => ({
      name: `ten failures of three minutes ago on host ${index}`,
      events: repeat(10, { hostname: `host${index}`, ...old }),
    })),
  });

const round = async (
  suite: PreparedSuite,
): Promise<{
  readonly total: number;
  readonly cpu: number;
  readonly times: readonly number[];
}> => {
  const times: number[] = [];
  const started = performance.now();
  const used = process.cpuUsage();
  for (const each of suite.cases) {
    const begun = performance.now();
    await runCase(suite, each);
    times.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(used);
  return { total: performance.now() - started, cpu: (user + system) / 1_000, times };
};

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? 0;

const suite = suiteOf(CASES);
for (const name of ["cold", "warm"]) {
  const { total, cpu, times } = await round(suite);
  const firing = quantile(times.slice(0, CASES / 2), 0.5);
  const silent = quantile(times.slice(CASES / 2), 0.5);
  const median = quantile(times, 0.5);
  console.log(
    `${name}: ${CASES} cases in ${total.toFixed(0)} ms (${cpu.toFixed(0)} ms of processor time); a case: median ${median.toFixed(2)} ms (firing ${firing.toFixed(2)}, silent ${silent.toFixed(2)}), p99 ${quantile(times, 0.99).toFixed(2)} ms; budget ${BUDGET_MS} ms`,
  );
  for (const [peer, ms] of Object.entries(PEERS))
    console.log(`  ${(ms / median).toFixed(0)} times faster than ${peer} (${ms} ms)`);
}

const { total, times } = await round(suiteOf(MANY));
const sum = (list: readonly number[]): string => list.reduce((all, one) => all + one, 0).toFixed(0);
const [firing, silent] = [sum(times.slice(0, MANY / 2)), sum(times.slice(MANY / 2))];
console.log(
  `${MANY} cases of one alert: ${total.toFixed(0)} ms (${firing} for the half that fires, ${silent} for the silent one)`,
);
