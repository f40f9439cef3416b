import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadRules } from "./load-rules.ts";

const RULE = {
  search_string: "summary: x",
  filters: [["category", "syslog"]],
  aggregation_key: "hostname",
  time_window: 5,
  num_samples: 3,
  num_aggregations: 2,
  alert_category: "c",
  alert_tags: ["t"],
  alert_severity: "INFO",
  alert_summary: "s",
  alert_url: "",
};

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mozdef-rules-"));
});
afterEach(() => rm(folder, { recursive: true }));

const put = (file: string, content: unknown) =>
  writeFile(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));

const problemsOf = async () => (await loadRules(folder)).problems.map(({ message }) => message);

describe("loadRules", () => {
  test("reads HJSON and YAML, in the order of their names", async () => {
    await put("c.json", `// HJSON, whatever the name says\n${JSON.stringify(RULE)}`);
    await put("a.yml", JSON.stringify(RULE));
    await put("b.hjson", `# a comment\n${JSON.stringify(RULE)}`);
    await put("d.yaml", JSON.stringify(RULE));
    await put("README.md", "not a rule");
    const { rules, problems } = await loadRules(folder);
    expect(problems).toEqual([]);
    expect(rules.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(rules[0]?.rule).toEqual({ ...RULE, additional_summary_fields: [] });
  });

  test("reads a file whatever the case of its ending, and behind a byte order mark", async () => {
    await put("UPPER.YAML", JSON.stringify(RULE));
    await put("mark.Json", `\uFEFF${JSON.stringify(RULE)}`);
    const { rules, problems } = await loadRules(folder);
    expect(problems).toEqual([]);
    expect(rules.map(({ name }) => name)).toEqual(["UPPER", "mark"]);
  });

  test.each(["0123", "12345678901234567890"])("refuses %s in YAML, which would become another number", async (id) => {
    await put("id.yaml", JSON.stringify(RULE).replace('"INFO"', id));
    const { problems } = await loadRules(folder);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(`${id} would be read as the number`),
    ]);
  });

  test("a folder that is not there is a failure that names it", async () => {
    const { rules, failure } = await loadRules(join(folder, "none"));
    expect(rules).toEqual([]);
    expect(failure).toMatch(/none: cannot read the folder of rules/);
  });

  test("what does not parse is a problem that names the file; the others are read", async () => {
    await put("bad.json", "{ search_string: ");
    await put("bad.yaml", "a: [");
    await put("good.json", RULE);
    const { rules, problems } = await loadRules(folder);
    expect(rules.map(({ name }) => name)).toEqual(["good"]);
    expect(problems.map(({ name, message }) => [name, message.split(":")[0]])).toEqual([
      ["bad", "bad.json"],
      ["bad", "bad.yaml"],
    ]);
  });

  test("two files of one name are a problem; the first is read", async () => {
    await put("a.json", RULE);
    await put("a.yaml", JSON.stringify({ ...RULE, time_window: 9 }));
    const { rules, problems } = await loadRules(folder);
    expect(rules.map(({ rule }) => rule.time_window)).toEqual([5]);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a\.yaml: there is another rule of the name "a"/),
    ]);
  });

  test.each(Object.keys(RULE))("a rule without %s is a problem that names file and key", async (key) => {
    await put("rule.json", { ...RULE, [key]: undefined });
    expect((await loadRules(folder)).rules).toEqual([]);
    expect(await problemsOf()).toEqual([expect.stringContaining(`rule.json: ${key}: `)]);
  });

  test.each([
    ["search_string", { search_string: " " }],
    ["filters.0.0", { filters: [["two words", "x"]] }],
    ["filters.0.1", { filters: [["category", null]] }],
    ["aggregation_key", { aggregation_key: "a*" }],
    ["time_window", { time_window: 0 }],
    ["num_samples", { num_samples: 1.5 }],
    ["num_aggregations", { num_aggregations: "2" }],
    ["alert_severity", { alert_severity: "high" }],
    ["alert_url", { alert_url: "wiki" }],
    ["alert_summary", { alert_summary: "" }],
    ["alert_category", { alert_category: "" }],
    ["alert_tags", { alert_tags: "x" }],
    ["notify_mozdefbot", { notify_mozdefbot: "yes" }],
    ["additional_summary_fields.0", { additional_summary_fields: [""] }],
    ["the whole file", { alert_sumary: "x" }],
  ])("a wrong %s is a problem that names it", async (key, change) => {
    await put("rule.json", { ...RULE, ...change });
    expect(await problemsOf()).toEqual([expect.stringContaining(`rule.json: ${key}: `)]);
  });

  test("a file that does not hold an object is a problem", async () => {
    await put("rule.yaml", "just text");
    expect(await problemsOf()).toEqual([expect.stringContaining("rule.yaml: the whole file: ")]);
  });
});
