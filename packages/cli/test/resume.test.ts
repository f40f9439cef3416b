import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Outcome, runMozdef } from "./run-mozdef.ts";

const folder = mkdtempSync(join(tmpdir(), "mozdef-resume-"));
const pack = join(import.meta.dirname, "fixtures/resumed");
const file = join(folder, "events.ndjson");
afterAll(() => rmSync(folder, { recursive: true }));

/** Two failures every three hours of three days, a heartbeat in most hours. */
const events = Array.from({ length: 72 }, (_, hour) => {
  const time = new Date(Date.UTC(2017, 0, 1, hour, 3)).toISOString();
  const common = { utctimestamp: time, receivedtimestamp: time };
  const failure = {
    ...common,
    category: "login",
    details: { result: "failure", user: hour % 2 === 0 ? "ada" : "grace" },
  };
  return [
    ...(hour % 7 === 0 ? [] : [{ ...common, category: "heartbeat" }]),
    ...(hour % 3 === 0 ? [failure, failure, failure] : []),
  ];
}).flat();
const write = (name: string, list: readonly object[]): void =>
  writeFileSync(name, list.map((one) => JSON.stringify(one)).join("\n"));

beforeAll(() => {
  write(file, events);
});

const backtest = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  runMozdef(pack, ["backtest", ".", "--events", file, "--json", ...words], env);

/** On the last of three days, after two checkpoints. */
const crash = { MOZDEF_TEST_CRASH: "2017-01-03T15:00:00.000Z" };

const withoutTime = (json: string): string => json.replace(/"ms": [\d.]+/, '"ms": 0');

describe.concurrent("mozdef backtest --resume", { timeout: 120_000 }, () => {
  it.each([
    ["the only process", "1", null],
    ["one process of two", "2", 3],
  ])("goes on after %s was killed, to the same bytes", async (_, jobs, code) => {
    const resume = join(folder, `resume-${jobs}.json`);
    const whole = await backtest(["--jobs", jobs]);
    // Some runs fail, which is part of the result.
    expect(whole).toMatchObject({ code: 3, out: expect.stringContaining("it is broken") });
    const killed = await backtest(["--jobs", jobs, "--resume", resume], crash);
    expect(killed).toMatchObject({ code, out: "" });
    const slots: readonly string[] = readdirSync(folder)
      .filter((name) => name.startsWith(`resume-${jobs}.json`))
      .map((name) => (JSON.parse(readFileSync(join(folder, name), "utf8")) as { readonly slot: string }).slot);
    expect(slots).toContainEqual(expect.stringMatching(/^2017-01-02T23:/));
    const resumed = await backtest(["--jobs", jobs, "--resume", resume]);
    expect(resumed.code).toBe(3);
    expect(withoutTime(resumed.out)).toBe(withoutTime(whole.out));
    expect(readdirSync(folder).filter((name) => name.startsWith(`resume-${jobs}`))).toEqual([]);
  });

  it("refuses a checkpoint of another backtest", async () => {
    const resume = join(folder, "resume-other.json");
    await backtest(["--jobs", "1", "--resume", resume], crash);
    const kept = readFileSync(resume, "utf8");
    const others = join(folder, "others.ndjson");
    // As many, in the same places.
    write(others, [{ ...events[0], category: "other" }, ...events.slice(1)]);
    // One message comes from this process, the other from a process of its own.
    for (const words of [
      ["--jobs", "1", "--events", others],
      ["--jobs", "2", "--to", "2017-01-03T20:00:00Z"],
    ]) {
      const { code, out, err } = await backtest([...words, "--resume", resume]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(
        /^CLI_INPUT_INVALID: \S+resume-other\.json belongs to another backtest \(.*\)\. Delete it, .*\n$/,
      );
      expect(readFileSync(resume, "utf8")).toBe(kept);
    }
    writeFileSync(resume, "no JSON");
    expect(await backtest(["--jobs", "1", "--resume", resume])).toMatchObject({
      code: 2,
      err: expect.stringContaining("is not a checkpoint of a backtest"),
    });
  });
});
