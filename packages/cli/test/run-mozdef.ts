import { spawn } from "node:child_process";
import { join } from "node:path";

const BIN = join(import.meta.dirname, "../src/bin.ts");

/** How a command has ended. */
export interface Outcome {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `mozdef` in a folder, as it stands in the sources. */
export const runMozdef = (
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = "",
): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ["--conditions=@mozdef/source", BIN, ...words], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1", ...env },
    });
    child.stdin.end(input);
    let [out, err] = ["", ""];
    child.stdout.on("data", (text) => (out += String(text)));
    child.stderr.on("data", (text) => (err += String(text)));
    child.on("close", (code) => resolve({ code, out, err }));
  });
