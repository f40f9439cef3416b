import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, isShown } from "./blocks.ts";
import { openGuideProject } from "./guide-project.ts";

const text = readFileSync(new URL("../intake.md", import.meta.url), "utf8");
const [, section = ""] = text.split("\n## Parsers of your own\n");
const blocks = blocksOf(section.split("\n## ")[0] ?? "");
const project = openGuideProject();
afterAll(() => project.close());

describe("parsers of your own", () => {
  beforeAll(async () => {
    const { code, output } = await project.run('npm create mozdef-alert@latest "door"');
    expect([code, output]).toEqual([0, expect.any(String)]);
    for (const { file, text: content } of blocks) if (file !== null) project.write(file, content);
  });

  it("read the log of the example as it is shown", async () => {
    const command = blocks.find(({ language }) => language === "sh")?.text ?? "";
    const { code, output } = await project.run(command);
    const shown = blocks.find(({ language, file }) => language === "text" && file === null)?.text ?? "";
    if (!isShown(output, shown)) expect(output).toBe(shown);
    expect(code).toBe(0);
  });

  it("compile", async () => {
    const settings = { extends: "./tsconfig.json", include: ["src/index.ts"] };
    project.write("tsconfig.example.json", JSON.stringify(settings));
    const { code, output } = await project.run(
      "npx tsc --project tsconfig.example.json --customConditions @mozdef/source",
    );
    expect([code, output]).toEqual([0, ""]);
  });
});
