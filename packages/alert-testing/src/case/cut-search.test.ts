import { AlertTask, eachEvent, type HookContext } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { repeat } from "../build/repeat.ts";
import { readSuite } from "../suite/read-suite.ts";
import { runCase } from "./run-case.ts";

const query = SearchQuery({ minutes: 5 }).must(TermMatch("category", "login"));

class AlertCut extends AlertTask {
  main() {
    return eachEvent(query.must(TermMatch("hostname", "first")));
  }
  async onEvent(_: unknown, { search }: Pick<HookContext, "search">) {
    const found = await search(query, { size: 2 });
    return this.draft(String(found.length));
  }
  protected draft(summary: string) {
    return { summary, category: "c", tags: [] };
  }
}

class AlertAsking extends AlertCut {
  override async onEvent(_: unknown, { search, count }: Pick<HookContext, "search" | "count">) {
    const found = await search(query, { size: 2 });
    return this.draft(`${found.length} of ${found.total} ${found.isComplete ? "all" : "cut"} ${await count(query)}`);
  }
}

const run = async (task: typeof AlertCut, summary: string): Promise<void> => {
  const suite = readSuite(task, {
    event: { category: "login" },
    fires: [{ name: "cut", events: [{ hostname: "first" }, repeat(3)], alert: { summary }, covers: 1 }],
    silent: [{ name: "nothing", events: [{ hostname: "other" }] }],
  });
  for (const testCase of suite.cases) await runCase(suite, testCase);
};

describe("a search of a hook that leaves events out", () => {
  it("fails the case when the hook does not ask", async () => {
    await expect(run(AlertCut, "2")).rejects.toThrow(/ALERT_SEARCH_CUT: .*took 2 of 4 events/);
  });

  it("is fine when it does", async () => {
    await expect(run(AlertAsking, "2 of 4 cut 4")).resolves.toBeUndefined();
  });
});
