import { AlertTask, definePack, eachEvent, interval } from "@mozdef/alert";
import { type FieldKinds, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRegistry } from "./alert-registry.ts";

class AlertA extends AlertTask.withConfig(z.object({ limit: z.number().default(1) })) {
  main() {
    return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch("category", "a")));
  }
}
const schedule = interval({ minutes: 1 });
const pack = definePack({ alerts: { AlertA: { task: AlertA, schedule } } });

describe("createRegistry", () => {
  const loaded = { source: "first", pack };

  it("uses the pack's own settings", async () => {
    const { alerts, failures } = await createRegistry([loaded], {});
    expect(alerts).toMatchObject([{ name: "AlertA", source: "first", schedule, enabled: true }]);
    expect(alerts[0]?.task.config).toEqual({ limit: 1 });
    expect(failures).toEqual([]);
  });

  it("lets the configuration win", async () => {
    const settings = { AlertA: { enabled: false, schedule: interval({ hours: 1 }), config: { limit: 5 } } };
    const { alerts } = await createRegistry([loaded], settings);
    expect(alerts).toMatchObject([{ enabled: false, schedule: { everyMs: 3_600_000 } }]);
    expect(alerts[0]?.task.config).toEqual({ limit: 5 });
  });

  it("leaves out a second alert of the same name", async () => {
    const { alerts, failures } = await createRegistry([loaded, { source: "second", pack }], {});
    expect(alerts).toMatchObject([{ source: "first" }]);
    expect(failures).toMatchObject([{ source: "second: AlertA", code: "PACK_ALERT_DUPLICATE" }]);
  });

  it("leaves out an alert whose configuration is wrong", async () => {
    const { alerts, failures } = await createRegistry([loaded], { AlertA: { config: { limt: 1 } } });
    expect(alerts).toEqual([]);
    expect(failures).toMatchObject([{ code: "ALERT_CONFIG_INVALID", message: expect.stringContaining("limt") }]);
  });

  it("merges the fields of packs, and names two that disagree", async () => {
    const declaring = (fields: FieldKinds) => ({ ...pack, fields });
    const { fields, failures } = await createRegistry(
      [
        { source: "first", pack: declaring({ "details.bytes": "long" }) },
        { source: "second", pack: { ...declaring({ "details.bytes": "double", vendor: "keyword" }), alerts: {} } },
      ],
      {},
    );
    expect(fields).toEqual({ "details.bytes": "long", vendor: "keyword" });
    expect(failures).toMatchObject([
      {
        source: "second",
        code: "PACK_FIELD_CONFLICT",
        message: expect.stringMatching(/second declares .* first declares/),
      },
    ]);
  });

  describe("an alert that another one replaces", () => {
    class AlertNew extends AlertA {
      static readonly about = { description: "a, and more", replaces: ["AlertA", "AlertNone"] };
    }
    const newer = definePack({ alerts: { AlertNew: { task: AlertNew, schedule } } });
    const both = [loaded, { source: "newer", pack: newer }];
    const enabledIn = async (settings: Parameters<typeof createRegistry>[1]) =>
      (await createRegistry(both, settings)).alerts.map(({ name, enabled, replacedBy }) => [name, enabled, replacedBy]);

    it("is off, and says why", async () => {
      expect(await enabledIn({})).toEqual([
        ["AlertA", false, "AlertNew"],
        ["AlertNew", true, null],
      ]);
    });

    it("is on when the configuration says so, or when the other one is off", async () => {
      expect(await enabledIn({ AlertA: { enabled: true } })).toEqual([
        ["AlertA", true, null],
        ["AlertNew", true, null],
      ]);
      expect(await enabledIn({ AlertNew: { enabled: false } })).toEqual([
        ["AlertA", true, null],
        ["AlertNew", false, null],
      ]);
    });
  });

  it("reports settings for an unknown alert", async () => {
    const { failures } = await createRegistry([loaded], { AlertB: {}, toString: {} });
    expect(failures.map(({ source }) => source)).toEqual(["alerts.AlertB", "alerts.toString"]);
  });
});
