import { expect, it } from "vitest";
import config from "../vite.config.ts";

it("has the notices of what is bundled beside it", () => {
  expect(config).toMatchObject({ build: { license: { fileName: "THIRD-PARTY-LICENSES.md" } } });
});
