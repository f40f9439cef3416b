import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeProblem } from "./node-problem.ts";

it.each(["22.18.0", "22.21.1", "24.0.0", "26.10.0"])("has nothing against Node %s", (version) => {
  expect(nodeProblem(version)).toBeNull();
});

it.each(["18.20.4", "20.19.2", "22.17.9"])("says in one line what is needed instead of Node %s", (version) => {
  expect(nodeProblem(version)).toMatch(/^mozdef needs Node 22\.18 or newer; this is [\d.]+\. [^\n]*$/);
});

it("asks for what the package asks for", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly engines: { readonly node: string };
  };
  const oldest = engines.node.replace(/^>=/, "");
  expect(nodeProblem(`${oldest}.0`)).toBeNull();
  expect(nodeProblem(oldest.replace(/\d+$/, (minor) => String(Number(minor) - 1)))).toContain(`Node ${oldest} `);
});
