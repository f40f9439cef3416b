import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ecsRows } from "./ecs-rows.ts";

it("docs/sources.md lists the names that the shipped packs want over ECS, and no others", async () => {
  const page = readFileSync(new URL("../../../docs/sources.md", import.meta.url), "utf8");
  const [, table = ""] = /^\| Alert +\| Names to give +\|\n\|[ -]+\|[ -]+\|\n((?:\|[^\n]*\n)+)/m.exec(page) ?? [];
  const written = table
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/ +\|/g, " |"));
  expect(written).toEqual(await ecsRows());
});
