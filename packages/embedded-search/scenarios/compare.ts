/**
 * Runs every scenario on the embedded store and on a real server, and reports where they differ.
 *
 * Run: `node --conditions=@mozdef/source scenarios/compare.ts --url http://127.0.0.1:9200 [topic ...]`. Without a URL a server is started.
 */
import { parseArgs } from "node:util";
import { EmbeddedSearch } from "../src/index.ts";
import { embeddedCaller, serverCaller } from "./caller.ts";
import { cleanServer, expectEmptyServer } from "./clean-server.ts";
import { asLines, lineDifference } from "./line-difference.ts";
import { runScenario } from "./run-scenario.ts";
import { testServer } from "./test-server.ts";
import { topics } from "./topics/index.ts";

const { values, positionals } = parseArgs({ options: { url: { type: "string" } }, allowPositionals: true });
const server = await testServer(values.url);
const caller = serverCaller(server.url);
await cleanServer(caller);
await expectEmptyServer(caller);
let compared = 0;
let different = 0;

for (const topic of topics.filter(({ id }) => positionals.length === 0 || positionals.includes(id)))
  for (const scenario of topic.scenarios) {
    await cleanServer(caller);
    const expected = await runScenario(scenario, caller);
    const actual = await runScenario(scenario, embeddedCaller(new EmbeddedSearch()));
    for (const [index, answer] of expected.entries()) {
      compared++;
      const difference = lineDifference(asLines(answer), asLines(actual[index]));
      if (difference === undefined) continue;
      different++;
      process.stdout.write(`${topic.id}: ${scenario.name}: step ${index + 1}: ${answer.request}\n${difference}\n`);
    }
  }

await cleanServer(caller);
await server.stop();
process.stdout.write(`${compared} answers compared, ${different} different\n`);
process.exitCode = different === 0 ? 0 : 1;
