/** Who may read, and how. */
export interface Access {
  /** Where the service reads. */
  readonly url: string;
  /** `store.auth` of the configuration; the secret is in the variable `LOGS_SECRET`. */
  readonly auth: string;
  readonly secret: string;
  /** What was asked beyond reading; undefined where the server itself refuses. */
  readonly refused?: () => readonly string[];
  readonly close: () => Promise<void>;
}

const ATTACKER = "198.51.100.7";
const FAILURES = 12;
const SECOND_MS = 1_000;

/** A document as Elastic Agent's integration "system" makes them of `auth.log`, as far as alerts may look. */
const document = (at: number, message: string, event: object, user: string): object => ({
  "@timestamp": new Date(at).toISOString(),
  message,
  process: { name: "sshd", pid: 811 },
  source: { ip: ATTACKER, port: 42_393 },
  user: { name: user },
  host: { name: "web1", hostname: "web1" },
  event: { dataset: "system.auth", module: "system", category: ["authentication"], ...event },
  data_stream: { type: "logs", dataset: "system.auth", namespace: "default" },
  tags: ["system-auth"],
});

/** Twelve failed logins in the last minute, and one that succeeds. */
export const attack = (now: Date): readonly object[] => [
  ...Array.from({ length: FAILURES }, (_, n) =>
    document(
      now.getTime() - (30 - n) * SECOND_MS,
      `Failed password for invalid user admin from ${ATTACKER} port 42393 ssh2`,
      { action: "ssh_login", outcome: "failure" },
      "admin",
    ),
  ),
  document(
    now.getTime() - 10 * SECOND_MS,
    `Accepted password for root from ${ATTACKER} port 49116 ssh2`,
    { action: "ssh_login", outcome: "success" },
    "root",
  ),
];

/** What the alerts say, in the order of the alphabet. */
export const EXPECTED = [
  `${FAILURES} ssh bruteforce attempts by ${ATTACKER} web1 (${FAILURES} hits)`,
  `SSH login as root from ${ATTACKER} on web1 by password after ${FAILURES} failed logins`,
];

interface ConfigOptions {
  readonly url: string;
  readonly auth: string;
  readonly own: string | undefined;
  readonly prefix: string;
}

/** Schedules are there only so that nobody has to wait for a minute. */
export const configOf = ({ url, auth, own, prefix }: ConfigOptions): string => `
import { ecsSource, interval } from "@mozdef/alert";
import { defineConfig, env } from "@mozdef/alert-runner";

const everySecond = { enabled: true, schedule: interval({ seconds: 1 }) };

export default defineConfig({
  store: ${own === undefined ? `{ path: "./data" }` : `{ node: "${own}", prefix: "${prefix}" }`},
  sources: { auth: ecsSource({ indices: ["logs-system.auth-*"], store: { node: "${url}", auth: ${auth} } }) },
  packs: ["@mozdef/alerts-ssh"],
  alerts: {
    AlertBruteforceSsh: { source: "auth", ...everySecond },
    AlertSshLoginAfterFailures: { source: "auth", ...everySecond },
    AlertSshDistributedGuessing: { enabled: false },
    AlertSshPasswordGuessing: { enabled: false },
    AlertSshPasswordSpraying: { enabled: false },
  },
});
`;
