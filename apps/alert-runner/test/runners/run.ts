// Several runners of the same alerts on one cluster, and faults at random: killed and started again, paused and let go on. Afterwards nothing may
// be lost or there twice: alerts, what they cover, what they keep, slots, deliveries.
//   node --conditions=@mozdef/source apps/alert-runner/test/runners/run.ts --url URL [--runners 3] [--faults 30] [--seed N]
// A fault comes about every six seconds. Exits 1 when anything is wrong, and says the seed.
import { connectStore, createAlertStore, saveEvents } from "@mozdef/alert-store";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { isComplete, type Played, problemsOf } from "./check.ts";
import { PLANTS } from "./plant.ts";
import { startReceiver } from "./receiver.ts";
import { overlooked } from "../support/plant.ts";
import { seeded } from "../support/random.ts";
import { Runner } from "../support/runner.ts";
import { configOf } from "./site.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    runners: { type: "string", default: "3" },
    faults: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
  },
});
if (values.url === undefined) throw new Error("Expected --url, the address of a cluster.");

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const { between, isLess, oneOf } = seeded(Number(values.seed));

const prefix = `runners-${Date.now().toString(36)}-`;
const { client, server } = connectStore({ node: values.url });
const store = createAlertStore({ client, server, prefix, packIndices: ["counted"], hostname: "checker" });
const receiver = await startReceiver();
/** Inside the package, so that the configuration finds its packages. */
const folder = path.resolve(import.meta.dirname, "../../.cache/runners");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "mozdef.config.ts"), configOf({ node: values.url, prefix, webhook: receiver.url }));

const runners = Array.from({ length: Number(values.runners) }, (_, number) => new Runner(`runner ${number}`, folder));
const posted: string[] = [];
const played: Played = { store, posted, received: receiver.received };
const began = Date.now();
const after = (): string => `${((Date.now() - began) / 1_000).toFixed(0).padStart(4)} s`;

/** Until the first runner has made the indices. */
const waitForIndices = async (): Promise<void> => {
  while (!(await client.indices.exists({ index: `${prefix}mozdefstate` }))) {
    if (runners[0]?.isRunning !== true) throw new Error(`The first runner has ended:\n${runners[0]?.output ?? ""}`);
    await pause(200);
  }
  await pause(5_000);
};

let isPosting = true;
const post = async (): Promise<void> => {
  while (isPosting) {
    const now = new Date();
    const events = Array.from({ length: Math.ceil(between(0, 5)) }, () => {
      const summary = `door ${posted.length}`;
      posted.push(summary);
      return { category: "door", summary, hostname: `host${posted.length % 5}`, utctimestamp: now.toISOString() };
    });
    const saved = await saveEvents(store, events, { now, refresh: true });
    if (!saved.every(({ ok }) => ok)) throw new Error(`The store did not take an event: ${JSON.stringify(saved)}`);
    await pause(between(100, 900));
  }
};

const kill = async (runner: Runner): Promise<void> => {
  const ms = between(0, 10_000);
  say(`${after()}  ${runner.name}: killed, started again after ${ms.toFixed(0)} ms`);
  await runner.end("SIGKILL");
  await pause(ms);
  runner.start();
};

const halt = async (runner: Runner): Promise<void> => {
  const ms = between(100, 25_000);
  say(`${after()}  ${runner.name}: paused for ${ms.toFixed(0)} ms`);
  runner.signal("SIGSTOP");
  await pause(ms);
  runner.signal("SIGCONT");
};

const struck = new Map<Runner, Promise<void>>();
const strike = (): void => {
  const runner = oneOf(runners.filter((one) => !struck.has(one)));
  if (runner === undefined) return;
  const fault = isLess(0.5) ? kill : halt;
  struck.set(
    runner,
    fault(runner).finally(() => struck.delete(runner)),
  );
};

const TRIES = 60;

/** In which others take over what a runner has left that was killed. */
const FAIL_OVER_MS = 12_000;
let problems: readonly string[] = [];
try {
  runners[0]?.start();
  await waitForIndices();
  for (const runner of runners.slice(1)) runner.start();
  const posting = post();
  for (let fault = 0; fault < Number(values.faults); fault += 1) {
    await Promise.race([pause(between(3_000, 9_000)), posting]);
    strike();
  }
  await Promise.all(struck.values());
  isPosting = false;
  await posting;
  // Only then is it known that the last one is gone, and what it has left is finished.
  await pause(FAIL_OVER_MS);
  for (let tries = 0; tries < TRIES && !(await isComplete(played)); tries += 1) await pause(1_000);
  await Promise.all(runners.map((runner) => runner.end("SIGTERM")));
  problems = await problemsOf(played);
  if (problems.length === 0) problems = await overlooked(store, PLANTS, () => problemsOf(played));
} finally {
  await Promise.all(runners.map((runner) => runner.end("SIGKILL")));
  await receiver.close();
  const made = Object.keys(await client.indices.get({ index: `${prefix}*` }));
  if (problems.length === 0 && made.length > 0) await client.indices.delete({ index: made });
  await client.close();
}
const twice = [...receiver.received.values()].filter((times) => times > 1).length;
say(
  `${posted.length} events, ${receiver.received.size} deliveries (${twice} seen again under their key), ${values.faults} faults, ${runners.length} runners, seed ${values.seed}`,
);
for (const problem of problems) say(`WRONG: ${problem}`);
if (problems.length > 0) for (const runner of runners) say(`\n${runner.name}\n${runner.output}`);
say(problems.length === 0 ? "ok: nothing lost, nothing twice" : `indices kept: ${prefix}*`);
process.exitCode = problems.length === 0 ? 0 : 1;
