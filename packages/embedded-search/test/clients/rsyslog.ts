import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PACKAGES = ["rsyslog", "rsyslog-elasticsearch", "libestr0", "libfastjson4"];
const LIBRARIES = "usr/lib/x86_64-linux-gnu";

/** Unpacks the Debian packages into a folder, without installing them. */
const unpack = (folder: string): string => {
  const root = join(folder, "root");
  if (existsSync(join(root, "usr/sbin/rsyslogd"))) return root;
  mkdirSync(root, { recursive: true });
  execFileSync("apt-get", ["download", "-qq", ...PACKAGES], { cwd: folder, stdio: "ignore" });
  execFileSync("sh", ["-c", `for package in *.deb; do dpkg -x "$package" root; done`], { cwd: folder });
  return root;
};

const configuration = (folder: string, root: string, port: string): string => {
  const modules = join(root, LIBRARIES, "rsyslog");
  const file = join(folder, "rsyslog.conf");
  writeFileSync(
    file,
    `global(workDirectory="${folder}")
module(load="${modules}/imfile.so" mode="polling" pollingInterval="1")
module(load="${modules}/omelasticsearch.so")
template(name="event" type="list" option.json="on") {
  constant(value="{\\"summary\\":\\"") property(name="msg")
  constant(value="\\",\\"hostname\\":\\"") property(name="hostname")
  constant(value="\\",\\"utctimestamp\\":\\"") property(name="timereported" dateFormat="rfc3339")
  constant(value="\\"}")
}
input(type="imfile" File="${folder}/app.log" Tag="app")
action(type="omelasticsearch" server="127.0.0.1" serverport="${port}" template="event" searchIndex="rsyslog"
  searchType="" bulkmode="on" errorfile="${folder}/errors.json")
`,
  );
  return file;
};

/** Makes rsyslog read a log file and ship it; resolves when the store has every line. @param cache - Keeps the program. */
export const shipWithRsyslog = async (url: string, cache: string): Promise<void> => {
  const root = unpack(cache);
  // rsyslog remembers how far it has read a file, so each run has its own folder.
  const folder = mkdtempSync(join(tmpdir(), "embedded-search-rsyslog-"));
  const log = join(folder, "app.log");
  const lines = 500;
  writeFileSync(log, "");
  const child = start(root, folder, configuration(folder, root, new URL(url).port));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    for (let n = 0; n < lines; n++) appendFileSync(log, `Failed password for root, attempt ${n}\n`);
    await untilCounted(url, lines, join(folder, "errors.json"));
  } finally {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
};

const start = (root: string, folder: string, config: string): ChildProcess => {
  const modules = join(root, LIBRARIES, "rsyslog");
  const args = ["-n", "-f", config, "-i", join(folder, "rsyslog.pid"), "-M", modules];
  return spawn(join(root, "usr/sbin/rsyslogd"), args, {
    env: { ...process.env, LD_LIBRARY_PATH: join(root, LIBRARIES) },
    stdio: "inherit",
  });
};

const untilCounted = async (url: string, lines: number, errorFile: string): Promise<void> => {
  const deadline = Date.now() + 30_000;
  let found = 0;
  while (found < lines && Date.now() < deadline) {
    await fetch(`${url}/rsyslog/_refresh`, { method: "POST" });
    const answer = (await (await fetch(`${url}/rsyslog/_count?q=summary:password`)).json()) as { count?: number };
    found = answer.count ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if (found === lines) return;
  const errors = existsSync(errorFile) ? readFileSync(errorFile, "utf8").slice(0, 2000) : "none reported";
  throw new Error(`rsyslog shipped ${found} of ${lines} lines. Its errors: ${errors}`);
};
