import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AlertTask, crontab, definePack, eachEvent, interval } from "../index.ts";
import { aboutOf, createTask, loadRules, type RuleSet, ruleSetsOf, runMain } from "../runtime.ts";

/** Looks for a category. */
class CategoryRule extends AlertTask.withConfig(z.object({ category: z.string() })) {
  static readonly about = { description: "Events of a category.", severity: "INFO" };

  main() {
    return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", this.config.category)));
  }
}

const schedule = interval({ minutes: 1 });
const rule = (name: string, more: object = {}) => ({
  name,
  task: CategoryRule,
  config: { category: "x" },
  schedule,
  ...more,
});
const setOf = (rules: RuleSet["rules"]): RuleSet => ({ name: "@x/pack", rules, entry: null });

describe("ruleSetsOf", () => {
  it("gives those of alerts and those of the pack, each with the name of its settings", () => {
    const load = () => [rule("CategoryRule:a")];
    const pack = definePack({
      alerts: { CategoryRule: { task: CategoryRule, schedule: crontab(), rules: load } },
      rules: [rule("b")],
    });
    expect(ruleSetsOf(pack, "@x/pack")).toEqual([
      { name: "CategoryRule", rules: load, entry: pack.alerts.CategoryRule },
      { name: "@x/pack", rules: [rule("b")], entry: null },
    ]);
  });
});

describe("loadRules", () => {
  it("gives the loader its configuration, and keeps what it reports", async () => {
    const load: RuleSet["rules"] = (config: { folder: string }, { report }) => {
      report(`${config.folder}/b.yaml: cannot be read`, "b");
      report("the folder is old");
      return Promise.resolve([rule("a")]);
    };
    const { rules, problems } = await loadRules(setOf(load), { folder: "rules" });
    expect(rules).toEqual([rule("a")]);
    expect(problems).toMatchObject([
      { rule: "b", error: { code: "PACK_RULE_INVALID", message: "b: rules/b.yaml: cannot be read" } },
      { rule: null, error: { code: "PACK_RULE_INVALID", message: "@x/pack: the folder is old" } },
    ]);
  });

  it.each([
    ["without a name", { ...rule(""), name: undefined }, null, "@x/pack: rule 1 has no name that can be used"],
    ["with blanks around its name", rule(" a"), " a", "rule 1 has no name that can be used"],
    ["without a class", rule("a", { task: {} }), "a", "@x/pack: the rule a.task is not an alert"],
    ["without a schedule", rule("a", { schedule: "daily" }), "a", "the rule a.schedule is wrong. It is not a schedule"],
    ["with an unknown key", rule("a", { enabeld: false }), "a", 'the rule a has an unknown key "enabeld"'],
    ["with a wrong about", rule("a", { about: { description: 1 } }), "a", "the rule a.about.description: "],
    ["that is not an object", "a", null, "rule 1 has no name"],
  ])("leaves out a rule %s and goes on with the others", async (_, wrong, name, message) => {
    const { rules, problems } = await loadRules(setOf([wrong as never, rule("good")]), undefined);
    expect(rules).toEqual([rule("good")]);
    expect(problems).toMatchObject([{ rule: name, error: { message: expect.stringContaining(message) } }]);
  });

  it.each([
    ["throws", () => Promise.reject(new Error("no folder")), "@x/pack: its rules cannot be read: no folder"],
    ["returns no list", () => ({}) as never, '@x/pack: "rules" has to return a list. Received: {}.'],
  ])("fails as a whole when the loader %s", async (_, load, message) => {
    await expect(loadRules(setOf(load), undefined)).rejects.toMatchObject({ code: "PACK_RULES_FAILED", message });
  });
});

describe("a rule", () => {
  it("has a name of its own, in its searches and in messages", async () => {
    const task = createTask(CategoryRule, { category: "login" }, "category:login");
    expect(task.name).toBe("category:login");
    expect(createTask(CategoryRule, { category: "login" }).name).toBe("CategoryRule");
    expect(await runMain(task, {} as never)).toMatchObject([{ name: "category:login" }]);
    expect(() => createTask(CategoryRule, {}, "category:none")).toThrow("The configuration of category:none is wrong");
  });

  it("is about what its entry says, else what its class says", () => {
    const about = { description: "Logins." };
    expect(aboutOf({ task: CategoryRule, about })).toEqual(about);
    expect(aboutOf({ task: CategoryRule })).toEqual(CategoryRule.about);
    expect(
      aboutOf({
        task: class extends AlertTask {
          main = () => [];
        },
      }),
    ).toBeNull();
  });
});
