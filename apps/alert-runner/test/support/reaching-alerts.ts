import { AlertTask, definePack, interval } from "@mozdef/alert";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { z } from "zod";

const configSchema = z.object({ path: z.string().default("") });

class Writes extends AlertTask.withConfig(configSchema) {
  main() {
    writeFileSync(this.config.path, "written by an alert");
    return [];
  }
}

class Starts extends AlertTask.withConfig(configSchema) {
  main() {
    execFileSync("touch", [this.config.path]);
    return [];
  }
}

const schedule = interval({ minutes: 1 });

/** A pack with two rules that reach out of their process in `main`: `<name>:writes` and `<name>:starts`. */
export const reachingPack = (name: string) =>
  definePack({
    alerts: {},
    rules: Object.entries({ writes: Writes, starts: Starts }).map(([what, task]) => ({
      ...{ name: `${name}:${what}`, task, schedule, config: {} },
    })),
  });
