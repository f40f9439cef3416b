import { AlertTask, definePack, eachEvent, interval, type RuleEntry } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createRegistry } from "./alert-registry.ts";
import { reloadRules } from "./reload-rules.ts";

class CategoryRule extends AlertTask.withConfig(z.strictObject({ category: z.string(), minutes: z.int().default(1) })) {
  main() {
    return eachEvent(SearchQuery({ minutes: this.config.minutes }).must(TermMatch("category", this.config.category)));
  }
}
/** Stands for many rules. */
class Loader extends AlertTask.withConfig(z.strictObject({ folder: z.string().default("rules") })) {
  main() {
    return [];
  }
}

const schedule = interval({ minutes: 1 });
const rule = (name: string, more: Partial<RuleEntry> = {}): RuleEntry => ({
  name,
  task: CategoryRule,
  config: { category: name },
  schedule,
  ...more,
});
const loaderPack = (rules: (config: { readonly folder: string }) => readonly RuleEntry[], enabled = true) =>
  definePack({ alerts: { Loader: { task: Loader, schedule, enabled, rules } } });
const loaded = (pack: ReturnType<typeof definePack>, source = "first") => ({ source, pack });
const namesIn = ({ alerts }: { readonly alerts: readonly { readonly name: string }[] }) =>
  alerts.map(({ name }) => name);

describe("rules in a registry", () => {
  it("are alerts like any other, each with its own settings", async () => {
    const rules = [rule("b", { about: { description: "B." } }), rule("a", { enabled: false }), rule("c")];
    const registry = await createRegistry([loaded(definePack({ rules }))], {
      a: { enabled: true, schedule: interval({ hours: 1 }) },
      c: { config: { minutes: 9 } },
    });
    expect(registry.failures).toEqual([]);
    expect(registry.alerts).toMatchObject([
      { name: "a", source: "first", enabled: true, schedule: { everyMs: 3_600_000 }, about: null },
      { name: "b", enabled: true, schedule, about: { description: "B." } },
      { name: "c", task: { name: "c", config: { category: "c", minutes: 9 } } },
    ]);
  });

  it("are run in the place of the alert that stands for them, while it is switched on", async () => {
    const load = vi.fn((config: { readonly folder: string }) => [rule(`Loader:${config.folder}`)]);
    const off = await createRegistry([loaded(loaderPack(load, false))], {});
    expect([namesIn(off), load.mock.calls.length]).toEqual([["Loader"], 0]);
    const settings = {
      Loader: { enabled: true, schedule: interval({ hours: 2 }), config: { folder: "mine" } },
      "Loader:mine": { enabled: false },
    };
    const on = await createRegistry([loaded(loaderPack(load, false))], settings);
    expect(on.failures).toEqual([]);
    expect(on.alerts).toMatchObject([{ name: "Loader:mine", enabled: false, schedule: { everyMs: 7_200_000 } }]);
  });

  it("are left out one by one: a wrong one does not take its pack along", async () => {
    const rules = [rule("a"), rule("wrong", { config: { categry: "x" } }), rule("a"), { name: "none" } as never];
    const { alerts, failures } = await createRegistry([loaded(definePack({ rules }))], {});
    expect(alerts).toHaveLength(1);
    expect(failures).toMatchObject([
      { source: "first: none", code: "ALERT_NOT_A_TASK" },
      { source: "first: wrong", code: "ALERT_CONFIG_INVALID", message: expect.stringContaining("of wrong is wrong") },
      { source: "first: a", code: "PACK_ALERT_DUPLICATE" },
    ]);
  });

  it("do not take the name of an alert or a rule of another pack", async () => {
    const packs = [loaded(definePack({ rules: [rule("a")] })), loaded(definePack({ rules: [rule("a")] }), "second")];
    const { alerts, failures } = await createRegistry(packs, {});
    expect(alerts).toMatchObject([{ source: "first" }]);
    expect(failures).toMatchObject([
      { source: "second: a", message: expect.stringMatching(/ from first; .* from second/) },
    ]);
  });

  it("may have settings before they can be read", async () => {
    const broken = loaderPack(() => {
      throw new Error("no folder");
    });
    const { failures } = await createRegistry([loaded(broken)], { "Loader:x": { enabled: false }, Other: {} });
    expect(failures).toMatchObject([
      { source: "first: Loader", code: "PACK_RULES_FAILED", message: "Loader: its rules cannot be read: no folder" },
      { source: "alerts.Other" },
    ]);
  });
});

describe("reload", () => {
  it("takes what is new, changed and gone, and keeps what is the same", async () => {
    let rules = [rule("a"), rule("b"), rule("c")];
    const registry = await createRegistry([loaded(loaderPack(() => rules))], {});
    const [a] = registry.alerts;
    expect(await registry.reload()).toBe(false);
    rules = [rule("a"), rule("b", { config: { category: "other" } }), rule("d")];
    expect(await registry.reload()).toBe(true);
    expect(namesIn(registry)).toEqual(["a", "b", "d"]);
    expect(registry.alerts[0]).toBe(a);
    expect(registry.alerts[1]?.task.config).toEqual({ category: "other", minutes: 1 });
  });

  it("keeps the last good rules when they cannot be read, and says so", async () => {
    let failure: string | null = null;
    const load = () => {
      if (failure !== null) throw new Error(failure);
      return [rule("a")];
    };
    const registry = await createRegistry([loaded(loaderPack(load))], {});
    failure = "the disk is gone";
    expect(await registry.reload()).toBe(true);
    expect(namesIn(registry)).toEqual(["a"]);
    expect(registry.failures).toMatchObject([{ source: "first: Loader", message: expect.stringContaining("is gone") }]);
    failure = null;
    expect(await registry.reload()).toBe(true);
    expect(registry.failures).toEqual([]);
  });

  it("keeps the last good version of a rule that has become wrong", async () => {
    let config: object = { category: "good" };
    const registry = await createRegistry([loaded(loaderPack(() => [rule("a", { config }), rule("b")]))], {});
    config = { category: 1 };
    expect(await registry.reload()).toBe(true);
    expect(registry.alerts[0]?.task.config).toMatchObject({ category: "good" });
    expect(registry.failures).toMatchObject([{ source: "first: a", code: "ALERT_CONFIG_INVALID" }]);
  });
});

describe("reloadRules", () => {
  it("reads once a minute and hands on what has changed", async () => {
    let rules = [rule("a")];
    const load = vi.fn(() => rules);
    const registry = await createRegistry([loaded(loaderPack(load))], {});
    const replaceAlerts = vi.fn();
    const onRulesChanged = vi.fn();
    const reload = reloadRules({ registry, scheduler: { replaceAlerts }, observer: { onRulesChanged } });
    const at = (seconds: number) => reload(new Date(Date.UTC(2026, 0, 1) + seconds * 1_000));
    await at(0);
    await at(59);
    expect(load).toHaveBeenCalledTimes(1);
    await at(60);
    expect([load.mock.calls.length, replaceAlerts.mock.calls.length]).toEqual([2, 0]);
    rules = [rule("a"), rule("b")];
    await at(121);
    expect(replaceAlerts).toHaveBeenCalledExactlyOnceWith(registry.alerts);
    expect(onRulesChanged).toHaveBeenCalledTimes(1);
    // Rules that never change are never read again.
    const fixed = await createRegistry([loaded(definePack({ rules }))], {});
    expect(fixed.hasRules).toBe(false);
  });
});

describe("indices of packs", () => {
  const task = { alerts: { Loader: { task: Loader, schedule } } };

  it("are those of all packs together", async () => {
    const one = definePack({ rules: [rule("a")], indices: { seen: { at: "date" } } });
    const two = definePack({ ...task, indices: { seen: { user: "text" }, more: {} } });
    const { indices, failures } = await createRegistry([loaded(one), loaded(two, "second")], {});
    expect(indices).toEqual({ seen: { at: "date", user: "text" }, more: {} });
    expect(failures).toEqual([]);
  });

  it("are refused when they are the service's, or seen differently by another pack", async () => {
    const one = definePack({ rules: [rule("a")], indices: { seen: { at: "date" }, "events-mine": {} } });
    const two = definePack({ ...task, indices: { seen: { at: "text" } } });
    const { indices, failures } = await createRegistry([loaded(one), loaded(two, "second")], {});
    expect(indices).toEqual({ seen: { at: "date" } });
    expect(failures).toMatchObject([
      { source: "first", code: "PACK_INVALID", message: expect.stringContaining("one of the service's own") },
      { source: "second", message: expect.stringContaining("declares its field at as date, this one as text") },
    ]);
  });
});
