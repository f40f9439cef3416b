// A team has a cluster with the data of Elastic Agent, and lets the service only read it. The ssh pack is switched to
// it by five lines. Its alerts have to appear in the service's own store, and nothing may be written to the cluster of the team.
//   node --conditions=@mozdef/source apps/alert-runner/test/existing-cluster/run.ts --theirs URL [--admin NAME:PASSWORD --reader NAME:PASSWORD] [--own URL]
// --admin, --reader: who may do everything there, and who may only read. Without: a server that has no users, behind a proxy that asks
// for a key and lets only reading pass, with data streams. --own: the service's own cluster; without: its embedded store. Exits 1 when anything differs.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import path from "node:path";
import { type ListedAlerts, request, type ServiceProcess, startService } from "../support/service-process.ts";
import { type Access, attack, configOf, EXPECTED } from "./story.ts";
import { readOnlyProxy } from "./read-only-proxy.ts";
import { TheirCluster } from "./their-cluster.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const TRIES = 300;
const WAIT_MS = 200;
/** More runs of the alerts, over the same events. */
const MORE_MS = 4_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const { values } = parseArgs({
  options: {
    theirs: { type: "string" },
    admin: { type: "string" },
    reader: { type: "string" },
    own: { type: "string" },
  },
});
if (values.theirs === undefined) throw new Error("Expected --theirs, the address of the cluster of the team.");

/** Inside the repository, so that the configuration finds its packages. */
const folder = path.resolve(import.meta.dirname, "../../../../.cache/existing-cluster");
const problems: string[] = [];
const check = (what: string, received: unknown, expected: unknown): void => {
  const isRight = isDeepStrictEqual(received, expected);
  say(`${isRight ? "ok" : "WRONG"}: ${what}`);
  if (!isRight)
    problems.push(`${what}\n  expected ${JSON.stringify(expected)}\n  received ${JSON.stringify(received)}`);
};

const summaries = async (url: string): Promise<readonly unknown[]> => {
  const { alerts } = await request<ListedAlerts>(`${url}/api/alerts?size=100`);
  return alerts.map(({ _source }) => _source.summary).toSorted();
};

const waitForAlerts = async (url: string): Promise<void> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await summaries(url)).length >= EXPECTED.length) return;
    await pause(WAIT_MS);
  }
};

/** What `GET /api/alerts/:id` answers, as far as it is looked at. */
interface WholeAlert {
  readonly _source: { readonly events: readonly { readonly documentindex: string; readonly documentsource: object }[] };
}

const look = async ({ url }: ServiceProcess): Promise<void> => {
  await waitForAlerts(url);
  await pause(MORE_MS);
  check("the alerts of the attack, each once", await summaries(url), EXPECTED);
  const { alerts } = await request<ListedAlerts>(`${url}/api/alerts?size=100`);
  const whole = await Promise.all(alerts.map(({ _id }) => request<WholeAlert>(`${url}/api/alerts/${_id}`)));
  const embedded = whole.flatMap(({ _source }) => _source.events);
  check(
    "alerts embed the events as they are in the cluster of the team",
    embedded.length > 0 &&
      embedded.every(
        ({ documentindex, documentsource }) => documentindex.includes("logs-") && "@timestamp" in documentsource,
      ),
    true,
  );
  const { status, problems: told } = await request<{ status: string; problems: unknown }>(`${url}/status`);
  check("/status", { status, told }, { status: "ok", told: [] });
};

const asReader = (url: string, user: string): Access => {
  const [username, secret = ""] = user.split(":");
  const auth = `{ username: ${JSON.stringify(username)}, password: env("LOGS_SECRET") }`;
  return { url, auth, secret, close: () => Promise.resolve() };
};

const theirs = new TheirCluster(values.theirs, values.admin);
await theirs.fill(attack(new Date()));
const before = await theirs.state();
const { theirs: url, reader } = values;
const access = reader === undefined ? await readOnlyProxy(url) : asReader(url, reader);
const prefix = `own-${Date.now().toString(36)}-`;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "mozdef.config.ts"), configOf({ ...access, own: values.own, prefix }));
process.env.LOGS_SECRET = access.secret;
try {
  const service = await startService({ folder, remove: () => undefined }, "source");
  try {
    await look(service);
  } finally {
    await service.end("SIGTERM");
    if (problems.length > 0) say(service.output());
  }
  const after = await theirs.state();
  say(`\n_stats of the cluster of the team\n\n${before.table("before")}\n${after.table("after")}\n`);
  check("indices, documents, writes, mappings, aliases and templates there", after.value, before.value);
  if (access.refused !== undefined) check("requests that the proxy refused", access.refused(), []);
  if (values.own !== undefined) {
    const { count } = await request<{ count: number }>(`${values.own}/${prefix}alerts-*/_count`);
    check("alerts in the service's own cluster", count, EXPECTED.length);
    const made = await request<Record<string, unknown>>(`${values.own}/${prefix}*`);
    await request(`${values.own}/${Object.keys(made).join(",")}`, "DELETE");
  }
} finally {
  await access.close();
  await theirs.empty();
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) say(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
