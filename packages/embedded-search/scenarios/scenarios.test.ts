import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EmbeddedSearch } from "../src/index.ts";
import { embeddedCaller } from "./caller.ts";
import { type Answer, runScenario } from "./run-scenario.ts";
import { topics } from "./topics/index.ts";

const recordedOf = (id: string): Record<string, Answer[]> =>
  JSON.parse(readFileSync(new URL(`./recorded/${id}.json`, import.meta.url), "utf8")) as Record<string, Answer[]>;

/** A new store each time, so that scenarios do not affect one another. */
const freshCaller = () => embeddedCaller(new EmbeddedSearch());

describe.each(topics)("$title", ({ id, scenarios, refusals }) => {
  const recorded = recordedOf(id);

  it("has a recorded answer for every scenario and none besides", () => {
    expect(Object.keys(recorded)).toEqual(scenarios.map(({ name }) => name));
  });

  it.each(scenarios)("answers as the server did: $name", async (scenario) => {
    expect(await runScenario(scenario, freshCaller())).toEqual(recorded[scenario.name]);
  });

  it.each(refusals)("refuses by name: $feature", async ({ step, names }) => {
    const caller = freshCaller();
    if (step.path !== "/scn-a") await runScenario({ steps: [{ method: "PUT", path: "/scn-a", body: {} }] }, caller);
    const [answer] = await runScenario({ steps: [step] }, caller);
    expect([400, 501]).toContain(answer?.status);
    expect(JSON.stringify(answer?.body)).toContain(names);
  });
});
