// A night with an attack, played by real runners on a real store, with what people do to it through the HTTP interface, and receivers that check and
// count what Slack and PagerDuty get: one alert that grows; told once; acknowledged; its attacker silenced; a second one that pages nevertheless
// while the chat is away; what is resolved is told; a digest. All the while runners are killed at random (SIGKILL) and started again, half of the
// times right after a receiver has answered and before that can be recorded.
//   node --conditions=@mozdef/source apps/alert-runner/test/story/run.ts --url URL | --embedded [--runners 2] [--kills 3] [--seed N]
// Shorter than a night: the digest comes at every full minute instead of at nine, and the chat is away until it was asked in vain twice, some
// ten seconds instead of ten minutes. With --embedded there is one runner, as no two can have such a store.
// Exits 1 when anything is wrong, and says the seed.
import { Client } from "@elastic/elasticsearch";
import { type AlertStore, connectStore, createAlertStore } from "@mozdef/alert-store";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { overlooked } from "../support/plant.ts";
import { seeded } from "../support/random.ts";
import { Runner } from "../support/runner.ts";
import { type Played, problemsOf } from "./check.ts";
import { killings } from "./killings.ts";
import { plants } from "./plant.ts";
import { Receivers } from "./receivers.ts";
import { Service, until } from "./service.ts";
import { configOf } from "./site.ts";
import { attackers, play, type Stage, untilSettled, untilTold } from "./steps.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    embedded: { type: "boolean", default: false },
    runners: { type: "string", default: "2" },
    kills: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
  },
});
const { url, embedded: isEmbedded } = values;
if ((url === undefined) !== isEmbedded) throw new Error("Expected --url, the address of a cluster, or --embedded.");

const began = Date.now();
const say = (line: string): void =>
  void process.stdout.write(`${((Date.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}\n`);

const prefix = `story-${began.toString(36)}-`;
/** Inside the package, so that the configuration finds its packages. */
/** Both kinds may run at the same time. */
const folder = path.resolve(import.meta.dirname, `../../.cache/story-on-${url === undefined ? "disk" : "cluster"}`);
const data = path.join(folder, "data");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** The store as the check sees it: an embedded one only when no runner has it. */
const openStore = (): AlertStore => {
  if (url === undefined) {
    const search = new EmbeddedSearch({ path: data });
    const client = new Client({ node: "http://embedded", Connection: search.Connection });
    return createAlertStore({ client, hostname: "checker" });
  }
  const { client, server } = connectStore({ node: url });
  return createAlertStore({ client, server, prefix, hostname: "checker" });
};

const receivers = new Receivers();
const stored = url === undefined ? { path: "data" } : { node: url, prefix };
writeFileSync(path.join(folder, "mozdef.config.ts"), configOf({ store: stored, receivers: await receivers.listen() }));
const runners = Array.from(
  { length: isEmbedded ? 1 : Number(values.runners) },
  (_, number) => new Runner(`runner ${number}`, folder),
);
const stage: Stage = {
  service: new Service(runners),
  receivers,
  done: { logins: new Map(), silencedAt: Number.POSITIVE_INFINITY, isQuiet: false },
  say,
};
const kills: number[] = [];
const over = new AbortController();
const { signal } = over;

const whole = async (): Promise<void> => {
  for (const runner of runners) runner.start();
  await until("all runners listening", () => runners.every((runner) => runner.url !== undefined));
  await untilTold(stage, "chat", "trigger", "no heartbeat");
  say("all runners are there, and say that there is no heartbeat");
  const killing = killings(
    { ...stage, runners, kills, signal, random: seeded(Number(values.seed)) },
    Number(values.kills),
  );
  await Promise.all([play(stage), attackers(stage), killing]);
  await untilSettled(stage);
  say("everything is sent");
};

const check = async (): Promise<readonly string[]> => {
  const store = openStore();
  try {
    const played: Played = { ...stage, store, told: receivers.told, wrong: receivers.wrong, kills };
    const problems = await problemsOf(played);
    if (problems.length > 0) return problems;
    const told = [...receivers.told];
    return await overlooked(store, plants(told, kills), () => problemsOf({ ...played, told }));
  } finally {
    await store.client.close();
  }
};

/** What a run leaves on a cluster. */
const clear = async (): Promise<void> => {
  if (url === undefined) return;
  const { client } = connectStore({ node: url });
  const made = Object.keys(await client.indices.get({ index: `${prefix}*` }));
  if (made.length > 0) await client.indices.delete({ index: made });
  await client.indices.deleteIndexTemplate({ name: `${prefix}*` });
  await client.close();
};

let problems: readonly string[];
try {
  await whole();
  await Promise.all(runners.map((runner) => runner.end("SIGTERM")));
  problems = await check();
} catch (error) {
  problems = [String(error)];
} finally {
  over.abort();
  await Promise.all(runners.map((runner) => runner.end("SIGKILL")));
  await receivers.close();
}
const keys = new Set(receivers.told.map(({ target, key, event }) => `${target} ${key} ${event}`));
say(
  `${stage.done.logins.size} attackers, ${keys.size} messages, ${receivers.told.length - keys.size} of them seen again under their key, ${receivers.turnedAway} turned away, ${kills.length} kills, ${runners.length} runners, seed ${values.seed}`,
);
for (const problem of problems) say(`WRONG: ${problem}`);
if (problems.length === 0) await clear();
else for (const runner of runners) say(`\n${runner.name}\n${runner.output}`);
const kept = url === undefined ? data : `${prefix}*`;
say(problems.length === 0 ? "ok: nothing lost, nothing twice" : `kept: ${kept}`);
// Whatever still waits for something waits for nothing by then.
process.exit(problems.length === 0 ? 0 : 1);
