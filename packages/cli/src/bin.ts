#!/usr/bin/env node
import { nodeProblem } from "./node-problem.ts";

// Before anything else is loaded: what is imported below asks for modules that older versions of Node do not have.
const problem = nodeProblem(process.versions.node);
if (problem === null) {
  const [{ runCommand }, { processTerminal }] = await Promise.all([import("./program.ts"), import("./terminal.ts")]);
  process.exitCode = await runCommand(process.argv.slice(2), processTerminal());
} else {
  console.error(problem);
  process.exitCode = 2;
}
