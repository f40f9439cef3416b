// Checks that no tool gives us: error codes, manifests, paths. They are quick, so they are one task, which always runs.
import { checkErrorCodes } from "./check-error-codes.ts";
import { checkManifests } from "./check-manifests.ts";
import { checkPaths } from "./check-paths.ts";

const problems = [...checkErrorCodes(), ...checkManifests(), ...checkPaths()];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
