// From the embedded store to one cluster after another and back, by the commands export and import: the service runs on the first and on the last. Every
// document has to arrive as it is, and no alert may be lost or there twice.
//   node --conditions=@mozdef/source apps/alert-runner/test/transfer/run.ts --url URL [--url URL ...] [--events 2000]
// Exits 1 when anything differs.
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  type ListedAlerts,
  request,
  runCommand,
  type ServiceProcess,
  type Site,
  startService,
} from "../support/service-process.ts";
import { countsIn, differences } from "./files.ts";
import { configOf } from "./site.ts";

const { values } = parseArgs({
  options: { url: { type: "string", multiple: true }, events: { type: "string", default: "2000" } },
});
const { url: urls = [] } = values;
if (urls.length === 0) throw new Error("Expected --url, the address of a cluster.");

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const problems: string[] = [];
const check = (what: string, found: readonly string[]): void => {
  say(`${found.length === 0 ? "ok" : "WRONG"}: ${what}`);
  problems.push(...found.slice(0, 5).map((problem) => `${what}: ${problem}`));
};

/** Inside the package, so that the configurations find its packages. */
const folder = path.resolve(import.meta.dirname, "../../.cache/transfer");
rmSync(folder, { recursive: true, force: true });
const prefix = `transfer-${Date.now().toString(36)}-`;
const siteOn = (name: string, store: object): Site => {
  const own = path.join(folder, name);
  mkdirSync(own, { recursive: true });
  writeFileSync(path.join(own, "mozdef.config.ts"), configOf(store));
  return { folder: own, remove: () => undefined };
};
const fileOf = (number: number): string => path.join(folder, `${number}.ndjson.gz`);

const command = async (site: Site, expected: number, ...args: readonly string[]): Promise<string> => {
  const { code, output } = await runCommand(site, args);
  const isRight = code === expected;
  check(
    `${path.basename(site.folder)}: ${args.map((arg) => path.basename(arg)).join(" ")}`,
    isRight ? [] : [`it ended with ${String(code)}: ${output}`],
  );
  return output;
};

/** Alerts of a kind. */
const totalOf = async ({ url }: ServiceProcess, category: string): Promise<number> =>
  (await request<ListedAlerts>(`${url}/api/alerts?category=${category}&size=1`)).total;

/** A minute: on a slow machine, slots are missed while commands run, and caught up beside those of the present. */
const TRIES = 600;
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < TRIES && !(await isSo()); tries += 1) await pause(100);
};

const doors = (from: number, count: number): readonly object[] =>
  Array.from({ length: count }, (_, place) => ({
    ...{ category: "door", summary: `door ${from + place}`, hostname: `host${place % 7}` },
    details: { nested: { list: [place, "a"] }, sourceipaddress: "192.0.2.7", odd: { "ü €": null } },
  }));

/** Posts events and waits for their alerts. */
const work = async (service: ServiceProcess, from: number, count: number): Promise<void> => {
  await request(`${service.url}/events`, "POST", doors(from, count));
  const all = from + count;
  await until(async () => (await totalOf(service, "door")) >= all && (await totalOf(service, "counter")) >= all);
  check(`an alert for each of ${all} events`, [
    ...((await totalOf(service, "door")) === all ? [] : [`there are ${await totalOf(service, "door")}`]),
    ...((await totalOf(service, "counter")) === all ? [] : [`counted are ${await totalOf(service, "counter")}`]),
  ]);
};

/** More than some slots over the same events. */
const STANDS_MS = 2_500;

const last = urls.length + 1;
const sites = [
  siteOn("embedded", { path: "data" }),
  ...urls.map((node, number) => siteOn(`cluster${number + 1}`, { node, prefix })),
  siteOn("again", { path: "data" }),
];
try {
  const [first] = sites as [Site];
  const service = await startService(first, "source");
  const events = Number(values.events);
  await work(service, 0, events / 2);
  await work(service, events / 2, events / 2);
  await service.end("SIGTERM");
  await command(first, 0, "export", fileOf(0));
  say(JSON.stringify(countsIn(fileOf(0))));
  for (const [number, site] of sites.slice(1).entries()) {
    await command(site, 0, "import", fileOf(number));
    await command(site, 0, "export", fileOf(number + 1));
    check("the documents are those before", differences(fileOf(number), fileOf(number + 1)));
  }
  const end = sites[last] ?? first;
  check(
    "the same again changes nothing",
    /: 0 written .* 0 refused/.test(await command(end, 0, "import", fileOf(0))) ? [] : ["it does"],
  );
  truncateSync(fileOf(1), 5_000);
  check(
    "what is cut off is told",
    (await command(end, 1, "import", fileOf(1))).includes("cut off") ? [] : ["it is not"],
  );
  const again = await startService(end, "source");
  await pause(STANDS_MS);
  await work(again, events, 10);
  const isWell = async (): Promise<boolean> =>
    (await request<{ readonly status: string }>(`${again.url}/status`)).status === "ok";
  await until(isWell);
  check("the service goes on", (await isWell()) ? [] : [JSON.stringify(await request(`${again.url}/status`))]);
  await again.end("SIGTERM");
} finally {
  for (const url of urls) {
    const made = Object.keys(await request<Record<string, unknown>>(`${url}/${prefix}*`));
    if (made.length > 0) await request(`${url}/${made.join(",")}`, "DELETE");
    await fetch(`${url}/_index_template/${prefix}*`, { method: "DELETE" });
  }
}
for (const problem of problems) say(problem);
if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
process.exitCode = problems.length === 0 ? 0 : 1;
