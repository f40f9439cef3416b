import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { BUNDLED_PACKS } from "./manifest.ts";

it("brings every pack of the repository", () => {
  const folders = readdirSync(path.resolve(import.meta.dirname, "../../../alerts"));
  expect([...BUNDLED_PACKS].sort()).toEqual(folders.map((folder) => `@mozdef/alerts-${folder}`).sort());
});
