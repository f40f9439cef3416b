import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const docs = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = dirname(docs);
const packages = join(docs, "node_modules");

/** The sources that stand for what would be installed. */
const SOURCES: Readonly<Record<string, string>> = {
  mozdef: "packages/cli/src/bin.ts",
  "mozdef-alert-runner": "apps/alert-runner/src/bin.ts",
};

const VITEST_CONFIG = `import { defineConfig } from "vitest/config";
export default defineConfig({
  resolve: { conditions: ["@mozdef/source"] },
  ssr: { resolve: { conditions: ["@mozdef/source"] }, noExternal: [/@mozdef/] },
  test: { include: ["src/**/*.test.ts"], isolate: false },
});
`;

/** A command that is finished, or a service that is ready. */
export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** The folder in which the guide is followed. */
export interface GuideProject {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  /** Makes it a project with everything installed, as the generator does. */
  readonly install: () => void;
  readonly run: (command: string) => Promise<Ran>;
  /** Starts a service and waits for its address. */
  readonly serve: (command: string) => Promise<Ran>;
  readonly stopServices: () => Promise<void>;
  /** Ends everything and removes the folder. */
  readonly close: () => Promise<void>;
}

/** An empty folder with the commands of the guide at hand: npm and npx as they are, but for what would be downloaded. */
export const openGuideProject = (): GuideProject => {
  const root = mkdtempSync(join(tmpdir(), "mozdef-guide-"));
  const [folder, bin] = [join(root, "my-alerts"), join(root, "bin")];
  for (const path of [folder, bin]) mkdirSync(path);
  const env: NodeJS.ProcessEnv = { ...process.env, PORT: "0", CI: "1", NO_COLOR: "1", FORCE_COLOR: undefined };
  env.PATH = [bin, join(packages, "node/bin"), join(repository, "node_modules/.bin"), process.env.PATH].join(delimiter);
  for (const name of ["VITEST", "NODE_OPTIONS", "npm_config_user_agent"]) Reflect.deleteProperty(env, name);
  writeScript(join(bin, "npm"), NPM_STAND_IN);
  const services = new Set<ReturnType<typeof spawn>>();
  let address = "http://127.0.0.1:8080";

  const start = (command: string): ReturnType<typeof spawn> => {
    const text = command.replaceAll("http://127.0.0.1:8080", address);
    return spawn("bash", ["-e", "-o", "pipefail", "-c", text], { cwd: folder, env, detached: true });
  };
  const stopServices = async (): Promise<void> => {
    for (const child of services) {
      services.delete(child);
      const ended = new Promise((resolve) => child.once("close", resolve));
      // Its whole group: npm starts a shell that starts the service.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await ended;
    }
  };
  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${text}\n`);
    },
    install: () => {
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "my-alerts", private: true, type: "module" }));
      installSources(folder);
    },
    run: async (command) => {
      const ran = await finished(start(command));
      if (command.startsWith("npm create")) installSources(folder);
      return ran;
    },
    serve: async (command) => {
      const child = start(command);
      services.add(child);
      const ran = await ready(child);
      address = /alerts: (http:\/\/[^\s"]+)\/alerts/.exec(ran.output)?.[1] ?? address;
      return ran;
    },
    stopServices,
    close: async () => {
      await stopServices();
      rmSync(root, { recursive: true });
    },
  };
};

/** `npm create` runs the generator of this repository and installs nothing; the rest is npm's own. */
const NPM_STAND_IN = `#!/usr/bin/env bash
if [ "$1" = create ]; then
  shift 2
  words=()
  for word in "$@"; do [ "$word" = -- ] || words+=("$word"); done
  exec node ${join(repository, "packages/create-mozdef-alert/src/bin.ts")} "\${words[@]}" --no-install --no-git
fi
PATH="\${PATH#*:}" exec npm "$@"
`;

const writeScript = (file: string, text: string): void => {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
};

/** Links to the packages of this repository, commands that run their sources, and a vitest that finds them. */
const installSources = (folder: string): void => {
  if (existsSync(join(folder, "node_modules"))) return;
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  for (const name of readdirSync(packages).filter((entry) => !entry.startsWith(".")))
    symlinkSync(join(packages, name), join(modules, name));
  for (const [name, source] of Object.entries(SOURCES))
    writeScript(
      join(modules, ".bin", name),
      `#!/usr/bin/env bash\nexec node --conditions=@mozdef/source ${join(repository, source)} "$@"\n`,
    );
  for (const name of ["vitest", "tsc"])
    symlinkSync(join(repository, "node_modules/.bin", name), join(modules, ".bin", name));
  writeFileSync(join(folder, "vitest.config.ts"), VITEST_CONFIG);
};

const outputOf = (child: ReturnType<typeof spawn>, onOutput: (output: string) => void): (() => string) => {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text: Buffer) => {
      output += text.toString();
      onOutput(output);
    });
  return () => output;
};

const finished = (child: ReturnType<typeof spawn>): Promise<Ran> =>
  new Promise((resolve) => {
    const output = outputOf(child, () => undefined);
    child.on("close", (code) => resolve({ code: code ?? 1, output: output() }));
  });

const ready = (child: ReturnType<typeof spawn>): Promise<Ran> =>
  new Promise((resolve) => {
    const output = outputOf(child, (text) => {
      if (text.includes("/events")) resolve({ code: 0, output: text });
    });
    child.on("close", (code) => resolve({ code: code ?? 1, output: output() }));
  });
