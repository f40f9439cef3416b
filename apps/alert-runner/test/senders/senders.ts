import { execFile, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { unpack } from "./debian.ts";

const run = promisify(execFile);

/** Where a sender sends to, and what. */
export interface Delivery {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  readonly httpPort: number;
  readonly udpPort: number;
  readonly tcpPort: number;
  /** A folder of its own for this run. */
  readonly folder: string;
  /** Where programs are kept. */
  readonly cache: string;
  /** What sshd writes, without a header. */
  readonly messages: readonly string[];
  /** The same as lines of a log file. */
  readonly lines: readonly string[];
}

/** A program that people send logs with. */
export interface Sender {
  readonly name: string;
  /** Sends everything. @returns ends what still runs. */
  readonly send: (delivery: Delivery) => Promise<() => Promise<void>>;
}

const nothing = (): Promise<void> => Promise.resolve();

const background = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): (() => Promise<void>) => {
  const child = spawn(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return () => (child.kill(), ended);
};

const logger = (name: string, args: (delivery: Delivery) => readonly string[]): Sender => ({
  name,
  send: async (delivery) => {
    for (const message of delivery.messages)
      await run("logger", [
        "--server",
        "127.0.0.1",
        "--tag",
        "sshd",
        "--id=811",
        "-p",
        "auth.info",
        ...args(delivery),
        message,
      ]);
    return nothing;
  },
});

const RSYSLOG = ["rsyslog", "rsyslog-elasticsearch", "libestr0", "libfastjson4"];

/** rsyslog reads a log file and hands each line to an action. */
const rsyslog = (name: string, action: (delivery: Delivery, modules: string) => string): Sender => ({
  name,
  send: (delivery) => {
    const { folder } = delivery;
    const { root, env } = unpack(join(delivery.cache, "rsyslog"), "usr/sbin/rsyslogd", RSYSLOG);
    const modules = join(root, "usr/lib/x86_64-linux-gnu/rsyslog");
    const file = join(folder, "rsyslog.conf");
    const log = join(folder, "auth.log");
    writeFileSync(
      file,
      `global(workDirectory="${folder}")
module(load="${modules}/imfile.so" mode="polling" pollingInterval="1")
input(type="imfile" File="${log}" Tag="sshd" freshStartTail="off")
${action(delivery, modules)}
`,
    );
    writeFileSync(log, delivery.messages.map((message) => `${message}\n`).join(""));
    const args = ["-n", "-f", file, "-i", join(folder, "rsyslog.pid"), "-M", modules];
    return Promise.resolve(background(join(root, "usr/sbin/rsyslogd"), args, env));
  },
});

const SYSLOG_NG = ["syslog-ng-core", "syslog-ng-mod-http", "libivykis0", "libnet1", "libpcre3", "libwrap0"];

/** syslog-ng reads a log file and hands each line to a destination. */
const syslogNg = (name: string, destination: (delivery: Delivery) => string): Sender => ({
  name,
  send: (delivery) => {
    const { folder } = delivery;
    const { root, env } = unpack(join(delivery.cache, "syslog-ng"), "usr/sbin/syslog-ng", SYSLOG_NG);
    const file = join(folder, "syslog-ng.conf");
    const log = join(folder, "auth.log");
    writeFileSync(
      file,
      `@version: 3.38
options { stats-freq(0); keep-hostname(yes); };
source s_auth { file("${log}" follow-freq(0.1)); };
destination d_mozdef { ${destination(delivery)} };
log { source(s_auth); destination(d_mozdef); };
`,
    );
    writeFileSync(log, delivery.lines.map((line) => `${line}\n`).join(""));
    const state = ["-R", join(folder, "persist"), "-c", join(folder, "control"), "-p", join(folder, "pid")];
    const modules = `--module-path=${join(root, "usr/lib/syslog-ng/3.38")}`;
    const args = ["-F", "-f", file, modules, ...state, "--no-caps"];
    return Promise.resolve(background(join(root, "usr/sbin/syslog-ng"), args, env));
  },
});

const python = async (cache: string): Promise<string> => {
  const program = join(cache, "python/bin/python");
  if (!existsSync(program)) await run("python3", ["-m", "venv", join(cache, "python")]);
  await run(program, ["-m", "pip", "install", "-q", "--disable-pip-version-check", "elasticsearch>=9,<10"]);
  return program;
};

const pythonScript = (name: string, script: (delivery: Delivery) => string): Sender => ({
  name,
  send: async (delivery) => {
    const messages = `import json\nmessages = json.loads(${JSON.stringify(JSON.stringify(delivery.messages))})\n`;
    await run(await python(delivery.cache), ["-c", messages + script(delivery)]);
    return nothing;
  },
});

const curl = (name: string, path: string, type: string, body: (delivery: Delivery) => string): Sender => ({
  name,
  send: async (delivery) => {
    const file = join(delivery.folder, "body");
    writeFileSync(file, body(delivery));
    await run("curl", ["-fsS", `${delivery.url}${path}`, "-H", `Content-Type: ${type}`, "--data-binary", `@${file}`]);
    return nothing;
  },
});

export const SENDERS: readonly Sender[] = [
  logger("logger, UDP", ({ udpPort }) => ["--udp", "--port", String(udpPort)]),
  logger("logger, UDP, RFC 3164", ({ udpPort }) => ["--udp", "--port", String(udpPort), "--rfc3164"]),
  logger("logger, TCP", ({ tcpPort }) => ["--tcp", "--port", String(tcpPort)]),
  logger("logger, TCP, counted", ({ tcpPort }) => ["--tcp", "--octet-count", "--port", String(tcpPort)]),
  rsyslog(
    "rsyslog, forwarding",
    ({ tcpPort }) =>
      `action(type="omfwd" target="127.0.0.1" port="${tcpPort}" protocol="tcp" tcp_framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format")`,
  ),
  rsyslog(
    "rsyslog, Elasticsearch output",
    ({ httpPort, folder }, modules) => `module(load="${modules}/omelasticsearch.so")
template(name="mozdef" type="list" option.jsonf="on") {
  property(outname="message" name="msg" format="jsonf")
  property(outname="hostname" name="hostname" format="jsonf")
  property(outname="programname" name="programname" format="jsonf")
  property(outname="timereported" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="syslogseverity-text" name="syslogseverity-text" format="jsonf")
}
action(type="omelasticsearch" server="127.0.0.1" serverport="${httpPort}" template="mozdef" searchIndex="syslog" searchType="" bulkmode="on" errorfile="${folder}/errors.json")`,
  ),
  syslogNg("syslog-ng, forwarding", ({ tcpPort }) => `network("127.0.0.1" port(${tcpPort}) transport("tcp"));`),
  syslogNg("syslog-ng, RFC 5424", ({ tcpPort }) => `syslog("127.0.0.1" port(${tcpPort}) transport("tcp"));`),
  syslogNg(
    "syslog-ng, JSON by HTTP",
    ({ url }) =>
      `http(url("${url}/events") method("POST") headers("Content-Type: application/x-ndjson") body("$(format-json --scope selected_macros --scope nv_pairs)") batch-lines(10) batch-timeout(100) delimiter("\\n"));`,
  ),
  pythonScript(
    "Python, elasticsearch",
    ({ url }) => `from elasticsearch import Elasticsearch, helpers
client = Elasticsearch("${url}")
documents = [{"message": m, "host": {"name": "web1"}, "process": {"name": "sshd"}, "event": {"dataset": "system.auth"}, "ecs": {"version": "8.0.0"}} for m in messages]
helpers.bulk(client, ({"_index": "logs", "_op_type": "create", "_source": d} for d in documents))
`,
  ),
  pythonScript(
    "Python, SysLogHandler",
    ({ udpPort }) => `import logging, logging.handlers
handler = logging.handlers.SysLogHandler(address=("127.0.0.1", ${udpPort}), facility="auth")
handler.ident = "sshd: "
log = logging.getLogger("x")
log.addHandler(handler)
for m in messages: log.error(m)
`,
  ),
  curl("curl, a log as text", "/events", "text/plain", ({ lines }) => lines.join("\n")),
  curl("curl, Splunk HEC", "/services/collector/event", "application/json", ({ lines }) =>
    lines.map((event) => JSON.stringify({ host: "web1", sourcetype: "linux_secure", event })).join(""),
  ),
];
