import { readFileSync } from "node:fs";
import { format } from "prettier";
import { expect, it } from "vitest";
import { compatibilityPage } from "./compatibility.ts";
import { readOthers } from "./others.ts";
import { topics } from "./topics/index.ts";

it("docs/compatibility.md says what the scenarios show", async () => {
  const page = readFileSync(new URL("../../../docs/compatibility.md", import.meta.url), "utf8");
  expect(page).toBe(await format(compatibilityPage(topics, readOthers()), { parser: "markdown", printWidth: 120 }));
});
