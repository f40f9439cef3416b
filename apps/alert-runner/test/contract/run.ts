// Does the service answer as its own OpenAPI document says, whatever is asked? Schemathesis makes requests from the document, right ones and wrong
// ones, and checks each answer: no 500, only statuses, types, headers and bodies that are documented, right requests taken and wrong ones refused.
//   node --conditions=@mozdef/source apps/alert-runner/test/contract/run.ts [--seed N] [--examples N] [options of schemathesis ...]
// Schemathesis is fetched from PyPI into .cache. Exits 1 when anything is wrong, and says how to repeat it.
import { createClient } from "@mozdef/alert-api/client";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { createSite, EVERY_SECOND, failedLogins, startService } from "../support/service-process.ts";

const VERSION = "4.32.5";
const CACHE = path.resolve(import.meta.dirname, "../../../../.cache/contract");
const BIN = path.join(CACHE, "python/bin");

const { values, tokens } = parseArgs({
  options: { seed: { type: "string", default: "1" }, examples: { type: "string", default: "4" } },
  strict: false,
  tokens: true,
});
const own = new Set(["seed", "examples"]);
/** As they were given. */
const others = tokens.flatMap((token) =>
  token.kind === "option" && !own.has(token.name)
    ? [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
    : [],
);

/** What is there already is only looked at. */
const install = (): void => {
  const python = path.join(BIN, "python");
  mkdirSync(CACHE, { recursive: true });
  if (!existsSync(python)) execFileSync("python3", ["-m", "venv", path.join(CACHE, "python")]);
  const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check", `schemathesis==${VERSION}`];
  execFileSync(python, pip, { stdio: "inherit" });
};

/** Events, an alert, a silence and a term: something for requests to be about. */
const furnish = async (url: string): Promise<void> => {
  const client = createClient({ url });
  await client.takeEvents({ body: failedLogins("192.0.2.7", "web1") });
  await client.runAlert({ params: { name: "AlertBruteforceSsh" } });
  const { alerts } = await client.listAlerts();
  if (alerts.length === 0) throw new Error("The events made no alert.");
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await client.createSilence({ body: { match: { name: "AlertOther" }, until, reason: "for the test" } });
  await client.addToWatchlist({ body: { content: "evil.example" } });
};

const check = async (url: string): Promise<number | null> => {
  const options = [
    ...["--config-file", path.join(import.meta.dirname, "schemathesis.toml")],
    ...["run", `${url}/api/openapi.json`],
    ...["--max-examples", String(values.examples), "--seed", String(values.seed)],
    ...["--workers", "2", "--generation-database", "none", "--request-timeout", "20", "--no-color"],
  ];
  const child = spawn(path.join(BIN, "schemathesis"), [...options, ...others], { cwd: CACHE, stdio: "inherit" });
  await once(child, "exit");
  return child.exitCode;
};

install();
const site = createSite(EVERY_SECOND);
const service = await startService(site, "source");
try {
  await furnish(service.url);
  process.exitCode = (await check(service.url)) === 0 ? 0 : 1;
} finally {
  await service.end("SIGTERM");
  site.remove();
}
