import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { blocksOf } from "./blocks.ts";
import { openGuideProject } from "./guide-project.ts";
import { neutral, stepsOf } from "./recording.ts";

const blocks = blocksOf(readFileSync(new URL("../guide.md", import.meta.url), "utf8"));
const steps = stepsOf(blocks.find(({ language }) => language === "console")?.text ?? "");
const project = openGuideProject();
afterAll(() => project.close());

describe("the recording of the first day", () => {
  it("has commands", () => expect(steps.length).toBeGreaterThan(5));

  it.each(steps.map((step) => [step.command, step] as const))("$ %s", async (_, { command, isService, output }) => {
    const { code, output: printed } = await (isService ? project.serve(command) : project.run(command));
    expect(neutral(printed, project.folder)).toBe(neutral(output, project.folder));
    expect(code).toBe(0);
  });
});

describe("a recording", () => {
  it("is commands and what each has printed", () => {
    expect(stepsOf("$ echo a\na\n\nb\n$ npm start &\n$ true")).toEqual([
      { command: "echo a", isService: false, output: "a\n\nb" },
      { command: "npm start", isService: true, output: "" },
      { command: "true", isService: false, output: "" },
    ]);
  });

  it.each([
    ["RUN  v5.1.1 /tmp/x/my-alerts\n\n ok 294ms", "RUN  v6.0.0 /srv/my-alerts\n ok 1.2 s"],
    ["Start at  03:43:59", "Start at  13:00:00"],
    ["http://127.0.0.1:8080/alerts", "http://127.0.0.1:43211/alerts"],
    ["at 2026-01-01T00:00:00.000Z", "at 2027-02-03T04:05:06Z"],
  ])("is the same as %j on another machine", (one, other) =>
    expect(neutral(one, "/tmp/x/my-alerts")).toBe(neutral(other, "/srv/my-alerts")),
  );

  it("is not the same with other words", () =>
    expect(neutral("5 passed (294ms)", "/x")).not.toBe(neutral("4 passed (294ms)", "/x")));
});
