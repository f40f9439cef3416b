import { expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

/** More than pages by number reach. */
const MANY = 10_200;

const START_MS = Date.parse("2026-01-01T00:00:00Z");

const alertAt = (id: string, time: number) => ({
  utctimestamp: new Date(time).toISOString(),
  summary: id,
  severity: "NOTICE",
  entities: { id },
});

it(
  "gives more alerts than pages by number reach, each once, while others come in and are changed",
  { timeout: 120_000 },
  async () => {
    const { call, opened } = await testService({ packs: [doorPack] });
    const { client, names } = opened.store;
    const index = names.physical("alerts");
    const add = (ids: readonly (readonly [string, number])[]) =>
      client.bulk({
        operations: ids.flatMap(([id, time]) => [{ index: { _index: index, _id: id } }, alertAt(id, time)]),
        refresh: true,
      });
    // A hundred at each time: the end of a page is among equals.
    await add(Array.from({ length: MANY }, (_, at) => [`alert${at}`, START_MS + Math.floor(at / 100) * 1_000]));
    const given: string[] = [];
    for (let after = ""; ;) {
      const { text } = await call({ url: `/api/alerts?size=500${after}` });
      const page = JSON.parse(text) as { alerts: { _id: string }[]; total: number; next: string | null };
      given.push(...page.alerts.map(({ _id }) => _id));
      await add([[`new${given.length}`, START_MS + 86_400_000]]);
      await call({ method: "POST", url: `/api/alerts/${given.at(-1) ?? ""}/acknowledge`, json: {} });
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect([given.length, new Set(given).size]).toEqual([MANY, MANY]);
    expect(given.filter((id) => id.startsWith("new"))).toEqual([]);

    const { status, body } = await call({ url: "/api/alerts?from=9900&size=101" });
    expect([status, body.error.message]).toEqual([400, expect.stringContaining("go on by `after`")]);
  },
);

it.each([
  ["from=5&after=x", "PARAMETER_INVALID"],
  ["after=x", "STORE_CHANGE_INVALID"],
])("refuses %s", async (query, code) => {
  const { call } = await testService({ packs: [doorPack] });
  const { status, body } = await call({ url: `/api/alerts?${query}` });
  expect([status, body.error.code]).toEqual([400, code]);
});
