import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crontab } from "@mozdef/alert";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import pack from "./index.ts";
import { ruleEntries } from "./rule-entries.ts";

const samples = fileURLToPath(new URL("../test/rules", import.meta.url));

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mozdef-rules-"));
  await cp(samples, join(folder, "rules"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const entries = (report = vi.fn()) => ruleEntries({ alert_data_location: folder }, { report });

test("each file is a rule with a name, a schedule and words of its own", async () => {
  const rules = await entries();
  expect(rules.map(({ name }) => name)).toEqual([
    "AlertGenericLoader:duosecurity_bypass_generated",
    "AlertGenericLoader:ssh_open_crit",
  ]);
  expect(rules[1]).toMatchObject({
    schedule: crontab({ minute: "*/1" }),
    config: { alert_category: "open_port_policy_violation", time_window: 15 },
    about: {
      description: "Session opened on sensitive host by",
      severity: "CRITICAL",
      references: ["https://www.mozilla.org"],
    },
  });
  // What cannot be compared or sent would be taken for a change at each reading.
  expect(JSON.parse(JSON.stringify(rules[1]?.config))).toEqual(rules[1]?.config);
});

test("a broken file is reported under the name of its rule; the others are read", async () => {
  await writeFile(join(folder, "rules", "broken.yaml"), "search_string: x");
  const report = vi.fn();
  expect(await entries(report)).toHaveLength(2);
  expect(report).toHaveBeenCalledWith(expect.stringContaining("broken.yaml: filters: "), "AlertGenericLoader:broken");
});

test("a folder that cannot be read is a failure of all of them", async () => {
  await rm(join(folder, "rules"), { recursive: true });
  await expect(entries()).rejects.toThrow("cannot read the folder of rules");
});

test("the pack runs them in the place of their loader", () => {
  expect(pack.alerts.AlertGenericLoader).toMatchObject({ enabled: false, rules: ruleEntries });
});
