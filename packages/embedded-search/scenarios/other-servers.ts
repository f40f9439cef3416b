/**
 * Learns what the servers beside the imitated one answer as it does, for the tables of `docs/compatibility.md`: runs every scenario on one of them
 * and counts the answers that mean the same as those recorded of Elasticsearch.
 *
 * Run: `node --conditions=@mozdef/source scenarios/other-servers.ts --server opensearch-3.6 [--url http://127.0.0.1:9200] [--show topic]...`.
 * Without a URL the server is started. `--show` prints the answers of a topic that differ in meaning. Then `pnpm run generate`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { startElasticsearch } from "../../../scripts/elasticsearch/start.ts";
import { serverNamed } from "../../../scripts/elasticsearch/servers.ts";
import { serverCaller } from "./caller.ts";
import { cleanServer, expectEmptyServer } from "./clean-server.ts";
import { lineDifference, asLines } from "./line-difference.ts";
import { meaningOf } from "./meaning.ts";
import { OTHERS_FILE, type Others, readOthers } from "./others.ts";
import { type Answer, runScenario } from "./run-scenario.ts";
import { topics } from "./topics/index.ts";

const { values } = parseArgs({
  options: {
    server: { type: "string", default: "" },
    url: { type: "string" },
    show: { type: "string", multiple: true },
  },
});
const { name } = serverNamed(values.server);
const started = values.url === undefined ? await startElasticsearch({ server: name, isInMemory: true }) : undefined;
const caller = serverCaller(values.url ?? started?.url ?? "");
await cleanServer(caller);
await expectEmptyServer(caller);

const recordedOf = (topic: string): Readonly<Record<string, readonly Answer[]>> =>
  JSON.parse(readFileSync(new URL(`./recorded/${topic}.json`, import.meta.url), "utf8")) as Record<string, Answer[]>;

const counted: Record<string, Record<string, readonly [same: number, all: number]>> = {};
for (const topic of topics) {
  const recorded = recordedOf(topic.id);
  const ofTopic: Record<string, readonly [number, number]> = {};
  for (const scenario of topic.scenarios) {
    await cleanServer(caller);
    const answers = await runScenario(scenario, caller);
    const expected = recorded[scenario.name] ?? [];
    const differences = answers.flatMap((answer, step) => {
      const reference = expected[step];
      if (reference === undefined)
        throw new Error(
          `${topic.id}: ${scenario.name}: step ${step + 1} has no recorded answer. Run record.ts on Elasticsearch first.`,
        );
      const difference = lineDifference(asLines(meaningOf(reference)), asLines(meaningOf(answer)));
      return difference === undefined ? [] : [`step ${step + 1}: ${answer.request}\n${difference}`];
    });
    ofTopic[scenario.name] = [answers.length - differences.length, answers.length];
    if (values.show?.includes(topic.id) === true)
      for (const difference of differences) process.stdout.write(`${scenario.name}: ${difference}\n`);
  }
  counted[topic.id] = ofTopic;
  const sums = Object.values(ofTopic).reduce(([same, all], [one, each]) => [same + one, all + each] as const, [0, 0]);
  process.stdout.write(`${topic.id}: ${sums[0]} of ${sums[1]} answers mean the same\n`);
}
await cleanServer(caller);
await started?.stop();
const others: Others = { ...readOthers(), [name]: counted };
writeFileSync(OTHERS_FILE, await format(JSON.stringify(others), { parser: "json", printWidth: 120 }));
