/**
 * Records the answers of a real server, against which the embedded store is tested without one.
 *
 * Run: `node scenarios/record.ts --url http://127.0.0.1:9200 [topic ...]`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { serverCaller } from "./caller.ts";
import { cleanServer, expectEmptyServer } from "./clean-server.ts";
import { type Answer, runScenario } from "./run-scenario.ts";
import { topics } from "./topics/index.ts";

const { values, positionals } = parseArgs({
  options: { url: { type: "string", default: "http://127.0.0.1:9200" } },
  allowPositionals: true,
});
const caller = serverCaller(values.url);
await cleanServer(caller);
await expectEmptyServer(caller);
const folder = fileURLToPath(new URL("./recorded/", import.meta.url));
mkdirSync(folder, { recursive: true });

for (const topic of topics.filter(({ id }) => positionals.length === 0 || positionals.includes(id))) {
  const recorded: Record<string, Answer[]> = {};
  for (const scenario of topic.scenarios) {
    await cleanServer(caller);
    recorded[scenario.name] = await runScenario(scenario, caller);
  }
  await cleanServer(caller);
  const text = await format(JSON.stringify(recorded), { parser: "json", printWidth: 120 });
  writeFileSync(`${folder}${topic.id}.json`, text);
  process.stdout.write(`${topic.id}: ${topic.scenarios.length} scenarios\n`);
}
