import { AlertTask, eachEvent } from "@mozdef/alert";
import { fieldNamed, RangeMatch, SearchQuery } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { readSuite } from "../suite/read-suite.ts";
import type { AlertSuite } from "../suite/suite.ts";
import { runCase } from "./run-case.ts";

class AlertLargeUpload extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 5 }).must(RangeMatch(fieldNamed("details.bytes"), 1_000, 9_000)));
  }
  onEvent() {
    return { summary: "large upload", category: "upload", tags: ["upload"] };
  }
}

const sized = (bytes: number) => [{ details: { bytes } }];
const suite: AlertSuite = {
  fires: [{ name: "within", events: sized(5_000), alert: { summary: "large upload" } }],
  silent: [{ name: "less, though more as text", events: sized(200) }],
};

const run = async (fields: Pick<AlertSuite, "fields">): Promise<void> => {
  const prepared = readSuite(AlertLargeUpload, { ...suite, ...fields });
  for (const testCase of prepared.cases) await runCase(prepared, testCase);
};

describe("the fields of a suite", () => {
  it("have the kinds that the pack declares", async () => {
    await expect(run({ fields: { "details.bytes": "long" } })).resolves.toBeUndefined();
  });

  it("are keywords without a declaration, compared as text", async () => {
    await expect(run({})).rejects.toThrow("Expected no alert, 1 fired");
  });
});
