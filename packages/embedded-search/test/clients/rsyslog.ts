import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const packages = ["rsyslog", "rsyslog-elasticsearch", "libestr0", "libfastjson4"];
const libraries = "usr/lib/x86_64-linux-gnu";

/** Unpacks the Debian packages into a folder, without installing them. */
function unpack(folder: string): string {
  const root = join(folder, "root");
  if (existsSync(join(root, "usr/sbin/rsyslogd"))) return root;
  mkdirSync(root, { recursive: true });
  execFileSync("apt-get", ["download", "-qq", ...packages], { cwd: folder, stdio: "ignore" });
  execFileSync("sh", ["-c", `for package in *.deb; do dpkg -x "$package" root; done`], { cwd: folder });
  return root;
}

function configuration(folder: string, root: string, port: string): string {
  const modules = join(root, libraries, "rsyslog");
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
}

/** Lets rsyslog read a log file and ship it; resolves when the store has every line. */
export async function shipWithRsyslog(url: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const root = unpack(folder);
  const lines = 500;
  writeFileSync(join(folder, "app.log"), "");
  const config = configuration(folder, root, new URL(url).port);
  const child = spawn(
    join(root, "usr/sbin/rsyslogd"),
    ["-n", "-f", config, "-i", join(folder, "rsyslog.pid"), "-M", join(root, libraries, "rsyslog")],
    {
      env: { ...process.env, LD_LIBRARY_PATH: join(root, libraries) },
      stdio: "inherit",
    },
  );
  try {
    for (let n = 0; n < lines; n++) appendFileSync(join(folder, "app.log"), `Failed password for root, attempt ${n}\n`);
    await untilCounted(url, lines, join(folder, "errors.json"));
  } finally {
    child.kill();
  }
}

async function untilCounted(url: string, lines: number, errorFile: string): Promise<void> {
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
}
