import { describeAlert } from "../../src/vitest.ts";
import { SUITES } from "./suites.ts";

for (const [task, suite] of SUITES) describeAlert(task, suite);
