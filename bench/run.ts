// `pnpm bench <name> [arguments]`: runs one benchmark. Each file answers one question, prints its figure and, where there is a
// peer, the ratio to it measured in the same run. Without a name it lists them.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -3));
const [name = "", ...rest] = process.argv.slice(2);

if (names.includes(name)) {
  const child = spawn(
    process.execPath,
    ["--conditions=@mozdef/source", "--expose-gc", join(folder, `${name}.ts`), ...rest],
    {
      stdio: "inherit",
    },
  );
  child.on("exit", (code) => process.exit(code ?? 1));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
} else {
  console.log(`Usage: pnpm bench <name> [arguments]\n\nBenchmarks: ${names.join(", ")}`);
  process.exit(name === "" ? 0 : 1);
}
