import { type AggregatedEvents, aggregation, AlertTask, eachEvent, ecsSource, type Hit } from "@mozdef/alert";
import { fieldNamed, PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { at } from "../build/time-line.ts";
import { ago } from "../build/moments.ts";
import { repeat } from "../build/repeat.ts";
import { mutateSuites } from "../mutate/mutate-suites.ts";
import { createTestSite } from "../site/create-test-site.ts";
import { readSuite } from "../suite/read-suite.ts";
import type { AlertSuite } from "../suite/suite.ts";
import { runCase } from "./run-case.ts";

class AlertFailures extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 2 }).must(
      PhraseMatch("summary", "failed"),
      TermMatch("details.program", "sshd"),
    );
    return aggregation(query, { field: "details.sourceipaddress", threshold: 3, samplesLimit: 2 });
  }
  onAggregation({ value, count, events: [first] }: AggregatedEvents) {
    return { summary: `${count} by ${value} on ${String(first?._source.hostname)}`, category: "c", tags: ["t"] };
  }
}

const source = ecsSource({ indices: ["logs-system.auth-*"] });
const event = {
  message: "Failed password for root",
  process: { name: "sshd" },
  source: { ip: "192.0.2.7" },
  host: { name: "web1" },
};
const suite: AlertSuite = {
  source,
  event,
  alert: { category: "c", tags: ["t"] },
  fires: [
    { name: "three", events: repeat(3), alert: { summary: "3 by 192.0.2.7 on web1" }, embeds: 2 },
    { name: "the edge", events: at("-2m").every("0s", 3), alert: { summary: "3 by 192.0.2.7 on web1" } },
    {
      name: "in the course of time",
      runs: [
        { at: "0s", events: repeat(2) },
        { at: "1m", events: repeat(1), alert: { summary: "3 by 192.0.2.7 on web1" } },
        { at: "90s", events: repeat(2) },
      ],
    },
  ],
  silent: [
    { name: "two", events: repeat(2) },
    { name: "too old, though it came in just now", events: repeat(3, { "@timestamp": ago({ seconds: 121 }) }) },
    { name: "another program", events: repeat(3, { process: { name: "su" } }) },
    { name: "another text", events: repeat(3, { message: "Accepted password" }) },
  ],
};

const run = async (task: typeof AlertTask<never>, given: AlertSuite): Promise<void> => {
  const prepared = readSuite(task as never, given);
  for (const testCase of prepared.cases) await runCase(prepared, testCase);
};

describe("a suite over a source", () => {
  it("has documents of the source as its events", async () => {
    await expect(run(AlertFailures as never, suite)).resolves.toBeUndefined();
  });

  it("says by the names of the source why nothing fired", async () => {
    const wrong = {
      ...suite,
      fires: [{ name: "none", events: repeat(3, { process: { name: "sudo" } }), alert: { summary: "x" } }],
    };
    await expect(run(AlertFailures as never, wrong)).rejects.toThrow('TermMatch("process.name", "sshd")');
  });

  it("counts what alerts cover, and what they embed", async () => {
    const alert = { summary: "3 by 192.0.2.7 on web1" };
    const more = { name: "more", events: [...repeat(3), { process: { name: "su" } }], alert };
    await expect(run(AlertFailures as never, { ...suite, fires: [more] })).rejects.toThrow("they cover 3 of 4");
    await expect(
      run(AlertFailures as never, { ...suite, fires: [{ name: "three", events: repeat(3), alert, embeds: 3 }] }),
    ).rejects.toThrow("3 embedded events");
  });

  // About a hundred cases, each on indices of its own: on a cluster they take minutes, and say no more.
  it.skipIf(process.env.MOZDEF_TEST_ELASTICSEARCH !== undefined)("is enough to notice mutants", async () => {
    const report = await mutateSuites([readSuite(AlertFailures, suite)]);
    expect(report.mutants.filter(({ outcome }) => outcome === "survived")).toEqual([]);
  });

  it("may be one that the alert names itself", async () => {
    class AlertNamed extends AlertTask {
      main() {
        return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch(fieldNamed("process.name"), "sshd")), {
          source: "auth",
        });
      }
      onEvent({ _source }: Hit) {
        return { summary: String(_source.message), category: "c", tags: [] };
      }
    }
    await expect(
      run(AlertNamed as never, {
        source,
        sourceName: "auth",
        event,
        fires: [{ name: "one", events: [{}], alert: { summary: "Failed password for root" } }],
        silent: [{ name: "other", events: [{ process: { name: "su" } }] }],
      }),
    ).resolves.toBeUndefined();
  });
});

describe("a site with sources", () => {
  it("indexes documents by the kinds of the source, and runs alerts on it", async () => {
    const site = await createTestSite({ sources: { auth: source } });
    await site.saveDocument("logs-system.auth-default", { ...event, "@timestamp": site.now });
    await site.refresh();
    const { hits } = await site.client.search({
      index: "logs-system.auth-*",
      query: { term: { "source.ip": "192.0.2.0/24" } },
    });
    expect(hits.hits).toHaveLength(1);
    expect(await site.run(AlertFailures, { source: "auth" })).toMatchObject({ health: "ok", hits: 1, alerts: [] });
    await site.close();
  });
});
