// Checks that no tool gives us: error codes, manifests. They are quick, so they are one task.
import { checkErrorCodes } from "./check-error-codes.ts";
import { checkManifests } from "./check-manifests.ts";

const problems = [...checkErrorCodes(), ...checkManifests()];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
