import { aggregation, type AggregatedEvents, AlertTask, eachEvent, noEvent } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createTestSite } from "./create-test-site.ts";
import type { TestSite, TestSiteOptions } from "./test-site.ts";

const config = z.object({ threshold: z.int().default(2) });

class AlertFailures extends AlertTask.withConfig(config) {
  main() {
    const query = SearchQuery({ minutes: 5 }).must(TermMatch("category", "login"));
    return aggregation(query, { field: "hostname", threshold: this.config.threshold });
  }

  onAggregation({ value, count }: AggregatedEvents) {
    return { summary: `${count} on ${value}`, category: "login", tags: ["login"], severity: "WARNING" };
  }
}

const open: TestSite[] = [];
const siteWith = async (options: TestSiteOptions = {}): Promise<TestSite> => {
  const site = await createTestSite(options);
  open.push(site);
  return site;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((site) => site.close()));
});

const event = { category: "login", hostname: "web1" };

describe("a test site", () => {
  it("shows every event, however many there are", async () => {
    const site = await siteWith();
    const saved = await site.saveEvents(Array.from({ length: 20_001 }, () => event));
    await site.refresh();
    expect((await site.events()).map(({ _id }) => _id)).toEqual(saved.map(({ _id }) => _id));
  });

  it("saves events as intake does, runs alerts as the service does, and shows what became of both", async () => {
    const site = await siteWith();
    const saved = [await site.saveEvent(event), await site.saveEvent(event)];
    expect(saved[0]?._index).toBe("events-20170101");
    await site.refresh();
    const run = await site.run(AlertFailures);
    expect(run).toMatchObject({ health: "ok", error: null, alerts: [{ _source: { summary: "2 on web1" } }] });
    const [alert] = await site.alerts();
    expect(alert).toMatchObject({
      _index: "alerts-201701",
      _source: {
        classname: "AlertFailures",
        utctimestamp: "2017-01-01T01:00:00+00:00",
        events: [{ documentid: saved[0]?._id }, {}],
      },
    });
    expect(site.notifications()).toEqual([alert]);
    const events = await site.events();
    expect(events.map(({ _id }) => _id)).toEqual(saved.map(({ _id }) => _id));
    expect(events[0]?._source).toMatchObject({
      ...event,
      type: "event",
      source: "UNKNOWN",
      receivedtimestamp: "2017-01-01T01:00:00+00:00",
      alert_names: ["AlertFailures"],
      alerts: [{ index: "alerts-201701", id: alert?._id }],
    });
  });

  it("keeps whole what a pack declares as text, as the service does", async () => {
    const site = await siteWith({ fields: { "details.script": "text" } });
    const script = `${"word ".repeat(2_000)}end`;
    await site.saveEvent({ details: { script, other: script } });
    await site.refresh();
    const [saved] = await site.events();
    expect(saved?._source.details).toEqual({ script, other: script.slice(0, 8_191) });
  });

  it("takes a configuration, and keeps its alerts in the order of their creation", async () => {
    const site = await siteWith();
    for (const hostname of ["web9", "web1"]) {
      await site.saveEvent({ ...event, hostname });
      await site.refresh();
      await site.run(AlertFailures, { config: { threshold: 1 } });
    }
    expect((await site.alerts()).map(({ _source }) => _source.summary)).toEqual(["1 on web9", "1 on web1"]);
    expect(site.notifications()).toHaveLength(2);
    await expect(site.run(AlertFailures, { config: { treshold: 1 } })).rejects.toThrow(/AlertFailures[^]*treshold/);
  });

  it("saves events elsewhere, and documents as they are, also under an alias", async () => {
    const site = await siteWith();
    expect(await site.saveEvent(event, { index: "events-previous" })).toMatchObject({ _index: "events-20161231" });
    expect(await site.saveDocument("somewhere", { a: 1 }, { id: "x" })).toEqual({ _index: "somewhere", _id: "x" });
    expect(await site.saveDocument("events", { category: "raw" })).toMatchObject({ _index: "events-20170101" });
    await site.refresh();
    const { _source } = await site.client.get({ index: "somewhere", id: "x" });
    expect(_source).toEqual({ a: 1 });
    expect((await site.events()).map((hit) => hit._source.source)).toEqual(["UNKNOWN", undefined]);
  });

  it("refuses an event that the store refuses, with the reason", async () => {
    const site = await siteWith();
    await expect(site.saveEvent({})).rejects.toMatchObject({
      code: "TEST_EVENT_REFUSED",
      message: expect.stringContaining("it is empty: expected at least one field"),
    });
  });

  it("has a clock that is data; over midnight the daily indices move", async () => {
    const site = await siteWith({ now: "2017-01-01T23:59:30Z" });
    await site.saveEvents([event, event]);
    site.now = "2017-01-02T00:00:30Z";
    expect(site.now).toBe("2017-01-02T00:00:30.000Z");
    expect(await site.saveEvent(event)).toMatchObject({ _index: "events-20170102" });
    await site.refresh();
    expect((await site.run(AlertFailures)).alerts[0]?._source.summary).toBe("3 on web1");
    expect(() => (site.now = "soon")).toThrow(
      'Expected a time in ISO 8601 such as "2017-01-01T01:00:00Z". Received: "soon".',
    );
  });

  it("reports what an alert does wrong as its health", async () => {
    class AlertBroken extends AlertTask {
      main() {
        return eachEvent(SearchQuery().must(TermMatch("category", "login")), { indices: ["nowhere"] });
      }
    }
    const site = await siteWith();
    expect(await site.run(AlertBroken)).toMatchObject({
      health: "error",
      error: { code: "STORE_SEARCH_FAILED" },
      alerts: [],
    });
  });

  it("has reverse DNS by table, and no network", async () => {
    class AlertAsking extends AlertTask {
      main() {
        return noEvent(SearchQuery().must(TermMatch("category", "login")));
      }
      async onNoEvent(_: unknown, { dns, fetch }: Parameters<NonNullable<AlertTask["onNoEvent"]>>[1]) {
        const names = [await dns.reverse("10.2.3.4"), await dns.reverse("192.0.2.7")];
        const answer = await fetch("https://example.org/").catch((cause: unknown) => (cause as Error).message);
        return {
          summary: `${names.join()} ${typeof answer === "string" ? answer : "answered"}`,
          category: "c",
          tags: [],
        };
      }
    }
    const site = await siteWith();
    await site.run(AlertAsking);
    const named = await siteWith({ reverseDns: { "192.0.2.7": "example", "*": null } });
    await named.run(AlertAsking);
    const summaries = [...(await site.alerts()), ...(await named.alerts())].map(({ _source }) => _source.summary);
    expect(summaries).toEqual([
      expect.stringMatching(
        /^mock_hostname1\.mozilla\.org,mock\.mozilla\.org No reply for GET https:\/\/example\.org\/\./,
      ),
      expect.stringMatching(/^,example No reply/),
    ]);
  });

  it("writes down every request, with logical names", async () => {
    const site = await siteWith();
    const before = site.requests.length;
    await site.client.search({ index: "events", size: 0 });
    expect(site.requests.slice(before)).toEqual([{ method: "POST", path: "/events/_search", ms: expect.any(Number) }]);
  });

  it("refuses options it does not know, and use after close", async () => {
    await expect(createTestSite({ nwo: "" } as TestSiteOptions)).rejects.toThrow('createTestSite has no option "nwo".');
    const site = await siteWith();
    await site.close();
    await site.close();
    await expect(site.events()).rejects.toMatchObject({ code: "TEST_SITE_CLOSED" });
  });
});
