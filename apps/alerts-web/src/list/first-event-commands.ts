/** @param hasLogIn - Whether the service takes events from whoever has a token only. */
const post = (origin: string, type: string, hasLogIn: boolean): string =>
  `curl -sS ${origin}/events${hasLogIn ? " -H 'Authorization: Bearer TOKEN'" : ""} -H 'Content-Type: ${type}'`;

/** A shell command that sends one event to the service at `origin`. */
export const oneEvent = (origin: string, hasLogIn = false): string => {
  const event = { category: "test", summary: "hello from curl", tags: ["hello"] };
  return `${post(origin, "application/json", hasLogIn)} \\\n  -d '${JSON.stringify(event)}'`;
};

/** A shell command that sends ten failed logins as sshd logs them, which is what `AlertSshPasswordGuessing` looks for. */
export const bruteforce = (origin: string, hasLogIn = false): string => {
  const line = `$(date -u '+%b %e %T') web1 sshd[811]: Failed password for root from 192.0.2.7 port 4022 ssh2`;
  return `yes "${line}" \\\n  | head -10 | ${post(origin, "text/plain", hasLogIn)} --data-binary @-`;
};
