// Do real programs reach the service? Each sends failed logins of an address of its own, and the alert about it has to appear.
//   node --conditions=@mozdef/source apps/alert-runner/test/senders/run.ts [part of a name ...]
// What is missing is fetched into .cache (Python packages, Debian packages). Exits 1 when an alert is missing.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createSite, type ListedAlerts, request, startService } from "../support/service-process.ts";
import { SENDERS } from "./senders.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const cache = path.resolve(import.meta.dirname, "../../../../.cache/clients");
mkdirSync(cache, { recursive: true });

/** Nobody else of this run takes it: it was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const TRIES = 150;
const WAIT_MS = 200;

/** An alert whose summary names the address. */
const alerted = async (url: string, address: string): Promise<boolean> => {
  for (let n = 0; n < TRIES; n += 1) {
    const { alerts } = await request<ListedAlerts>(`${url}/api/alerts?size=100`);
    if (alerts.some(({ _source }) => String(_source.summary).includes(`by ${address} `))) return true;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  return false;
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As syslog writes it, in UTC. */
const stamp = (time: Date): string =>
  `${MONTHS[time.getUTCMonth()] ?? ""} ${String(time.getUTCDate()).padStart(2)} ${time.toISOString().slice(11, 19)}`;

const [udpPort, tcpPort] = [await freePort(), await freePort()];
const site = createSite(`{
  packs: ["@mozdef/alerts-ssh"],
  intake: { syslog: { udp: ${udpPort}, tcp: ${tcpPort} } },
  alerts: { AlertBruteforceSsh: { enabled: true, schedule: { kind: "interval", everyMs: 1000 } } },
}`);
const service = await startService(site, "source");
const wanted = process.argv.slice(2);
const senders = SENDERS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const missing: string[] = [];
try {
  for (const [index, { name, send }] of senders.entries()) {
    const address = `198.51.100.${index + 10}`;
    const messages = Array.from(
      { length: 12 },
      (_, n) => `Failed password for invalid user guest${n} from ${address} port ${4_000 + n} ssh2`,
    );
    const lines = messages.map((message) => `${stamp(new Date())} web1 sshd[811]: ${message}`);
    const folder = mkdtempSync(path.join(tmpdir(), "mozdef-sender-"));
    const ports = { httpPort: Number(new URL(service.url).port), udpPort, tcpPort };
    let end: (() => Promise<void>) | undefined;
    try {
      end = await send({ url: service.url, ...ports, folder, cache, messages, lines });
      if (await alerted(service.url, address)) say(`${name}: ok`);
      else missing.push(`${name}: no alert`);
    } catch (error) {
      missing.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await end?.();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (missing.length > 0) say(JSON.stringify(await request(`${service.url}/api/intake`), null, 2));
} finally {
  await service.end("SIGTERM");
  site.remove();
}
for (const line of missing) say(line);
say(`${senders.length - missing.length} of ${senders.length} senders reach the service`);
process.exitCode = missing.length === 0 ? 0 : 1;
