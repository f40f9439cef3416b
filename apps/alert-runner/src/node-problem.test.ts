import { expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { nodeProblem } from "./node-problem.ts";

it("says in one line which Node is needed, and nothing of one that is new enough", () => {
  expect(nodeProblem("20.19.2")).toMatch(
    /^mozdef-alert-runner needs Node 22\.18 or newer; this is 20\.19\.2\. [^\n]+$/,
  );
  expect(["22.18.0", "24.1.0", "26.10.0"].map(nodeProblem)).toEqual([null, null, null]);
});

it("asks for what the package asks for", () => {
  expect(nodeProblem("0.0.0")).toContain(`Node ${manifest.engines.node.replace(">=", "")} `);
});
