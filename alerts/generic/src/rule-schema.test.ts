import { Ajv2020 } from "ajv/dist/2020.js";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { ruleSchema } from "./rule.ts";

const rules = join(import.meta.dirname, "../test/rules");
const files = readdirSync(rules);
const file = join(import.meta.dirname, "../rule.schema.json");
const schemaOf = () => ({
  ...z.toJSONSchema(ruleSchema, { io: "input" }),
  title: "A rule of AlertGenericLoader",
});

/** As an editor checks a file. JSON is YAML, too. */
const problemsOf = (rule: unknown) => {
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(file, "utf8")) as object);
  validate(rule);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};
const read = (name: string) => parse(readFileSync(join(rules, name), "utf8")) as Record<string, unknown>;

describe("the schema of rules, for editors", () => {
  it("is what the rules are checked by; `vitest run -u` writes it", async () => {
    await expect(`${JSON.stringify(schemaOf(), null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it.each(files)("accepts %s", (name) => {
    expect(problemsOf(read(name))).toEqual([]);
  });

  it.each(files)("is named by %s", (name) => {
    expect(readFileSync(join(rules, name), "utf8")).toMatch(
      /^(?:# yaml-language-server: \$schema=|\{\n {2}"\$schema": ")\.\.\/\.\.\/rule\.schema\.json/,
    );
  });

  it.each([
    ["a key that is misspelled", { agregation_key: "hostname" }, " additionalProperties"],
    ["a severity that there is not", { alert_severity: "HIGH" }, "/alert_severity enum"],
    ["a window of no time", { time_window: 0 }, "/time_window minimum"],
    ["a filter without a value", { filters: [["category"]] }, "/filters/0 minItems"],
    ["an address that is none", { alert_url: "example" }, "/alert_url"],
    ["a number in place of text", { alert_summary: 5 }, "/alert_summary type"],
    ["no search", { search_string: undefined }, " required"],
  ])("refuses %s, as the service does", (_, change, problem) => {
    const rule = JSON.parse(JSON.stringify({ ...read("duosecurity_bypass_generated.yaml"), ...change })) as unknown;
    expect(problemsOf(rule)).toContainEqual(expect.stringContaining(problem));
    expect(ruleSchema.safeParse(rule).success).toBe(false);
  });
});
