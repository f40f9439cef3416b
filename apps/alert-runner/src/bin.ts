#!/usr/bin/env node
import { nodeProblem } from "./node-problem.ts";
import { needsSources, runWithSources } from "./watch/with-sources.ts";

// Before anything else is loaded: the store asks for modules that older versions of Node do not have.
const problem = nodeProblem(process.versions.node);
if (problem === null && needsSources(process.argv.slice(2), process.execArgv))
  process.exitCode = await runWithSources();
else if (problem === null) await import("./main.ts");
else {
  console.error(problem);
  process.exitCode = 2;
}
