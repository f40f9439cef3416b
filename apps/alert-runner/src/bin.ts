#!/usr/bin/env node
import { nodeProblem } from "./node-problem.ts";

// Before anything else is loaded: the store asks for modules that older versions of Node do not have.
const problem = nodeProblem(process.versions.node);
if (problem === null) await import("./main.ts");
else {
  console.error(problem);
  process.exitCode = 2;
}
