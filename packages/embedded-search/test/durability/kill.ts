// Does an acknowledged write survive SIGKILL at any moment?
//   node --conditions=@mozdef/source test/durability/kill.ts --count 200 --seed 1
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EmbeddedSearch } from "../../src/index.ts";
import { Random } from "../random.ts";
import { apply, ASIDE, ASIDE_DOCUMENTS, IDS, type Model, type Operation, type Report } from "./operation.ts";

const writer = fileURLToPath(new URL("writer.ts", import.meta.url));

/** What a writer had done when it was killed. */
interface Run {
  readonly acknowledged: readonly Operation[];
  /** Sent and not acknowledged: may be there as a whole or not at all. */
  readonly pending: Operation | undefined;
}

/** When a writer is killed: some time after so many reports, however long these take. */
interface Moment {
  readonly reports: number;
  readonly delayMs: number;
}

/** Starts a writer and kills it at that moment. */
const runAndKill = async (path: string, seed: number, first: number, moment: Moment): Promise<Run> => {
  const child = spawn(process.execPath, ["--conditions=@mozdef/source", writer, path, String(seed), String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    output += text;
    if (output.split("\n").length > moment.reports) timer ??= setTimeout(() => child.kill("SIGKILL"), moment.delayMs);
  });
  await new Promise((resolve) => child.once("close", resolve));
  if (child.signalCode !== "SIGKILL") throw new Error(`The writer ended by itself with ${String(child.exitCode)}.`);
  return readReports(output);
};

const readReports = (output: string): Run => {
  const lines = output.split("\n").slice(0, -1);
  const acknowledged: Operation[] = [];
  let pending: Operation | undefined;
  for (const line of lines) {
    const report = JSON.parse(line) as Report;
    if ("begin" in report) pending = report.begin;
    else if (pending) {
      acknowledged.push(pending);
      pending = undefined;
    }
  }
  return { acknowledged, pending };
};

/** Opens the store as any process would and reads everything. */
const contents = async (path: string): Promise<Model> => {
  const store = new EmbeddedSearch({ path, segmentDocuments: 100, memoryBytes: 200_000 });
  const body = JSON.stringify({ size: 10_000, _source: ["n", "text"] });
  const response = await store.handle({
    method: "POST",
    path: "/kill/_search",
    querystring: "ignore_unavailable",
    body,
  });
  const found = await store.handle({ method: "POST", path: "/kill/_mget", body: JSON.stringify({ ids: IDS }) });
  await checkAside(store);
  await store.close();
  const { hits } = JSON.parse(response.body) as {
    hits: { hits: { _id: string; _source: { n: number; text: string } }[] };
  };
  for (const { _id, _source } of hits.hits)
    if (_source.text !== `value ${_source.n} of ${_id}`)
      throw new Error(`Document ${_id} is mixed up: ${_source.text}`);
  const model = new Map(hits.hits.map(({ _id, _source }) => [_id, _source.n]));
  checkIds(model, found.body);
  return model;
};

/** It is there as a whole, or not at all. */
const checkAside = async (store: EmbeddedSearch): Promise<void> => {
  const { statusCode, body } = await store.handle({ method: "GET", path: `/${ASIDE}/_count` });
  const { count } = JSON.parse(body) as { readonly count?: number };
  if (statusCode !== 404 && count !== ASIDE_DOCUMENTS) throw new Error(`Of the other index ${body} is left.`);
};

/** What is found by its id has to be what a search finds. */
const checkIds = (model: Model, body: string): void => {
  const { docs } = JSON.parse(body) as { docs: { _id: string; found?: boolean; _source?: { n: number } }[] };
  for (const { _id, found, _source } of docs)
    if (model.get(_id) !== (found === true ? _source?.n : undefined))
      throw new Error(
        `Document ${_id} is ${JSON.stringify(_source)} by its id and ${String(model.get(_id))} otherwise.`,
      );
};

const same = (a: Model, b: Model): boolean => a.size === b.size && [...a].every(([id, value]) => b.get(id) === value);

/** How often a request in flight turned out to be stored, and how often not. */
export interface KillSummary {
  kills: number;
  acknowledged: number;
  pendingKept: number;
  pendingLost: number;
}

/** Kills a writer again and again. @throws when anything acknowledged is missing, or part of a request is there. */
export const killRepeatedly = async (count: number, seed: number): Promise<KillSummary> => {
  const path = mkdtempSync(join(tmpdir(), "embedded-search-kill-"));
  const random = new Random(seed);
  const summary: KillSummary = { kills: 0, acknowledged: 0, pendingKept: 0, pendingLost: 0 };
  let model: Model = new Map();
  try {
    for (let first = 0; summary.kills < count; first += 100_000) {
      const moment = { reports: 2 + random.below(30), delayMs: random.below(60) };
      const run = await runAndKill(path, random.below(2 ** 31), first, moment);
      model = check(run, model, await contents(path), summary);
    }
    return summary;
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};

const check = ({ acknowledged, pending }: Run, before: Model, found: Model, summary: KillSummary): Model => {
  const expected = acknowledged.reduce(apply, before);
  summary.kills++;
  summary.acknowledged += acknowledged.length;
  if (pending && same(found, apply(expected, pending)) && !same(found, expected)) {
    summary.pendingKept++;
    return found;
  }
  if (pending) summary.pendingLost++;
  if (!same(found, expected))
    throw new Error(
      `Kill ${summary.kills}: expected ${expected.size} documents as acknowledged, found ${found.size} others.`,
    );
  return found;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { count: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
  });
  const summary = await killRepeatedly(Number(values.count), Number(values.seed));
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}
