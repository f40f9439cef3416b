const post = (origin: string, type: string): string => `curl -sS ${origin}/events -H 'Content-Type: ${type}'`;

/** A shell command that sends one event to the service at `origin`. */
export const oneEvent = (origin: string): string => {
  const event = { category: "test", summary: "hello from curl", tags: ["hello"] };
  return `${post(origin, "application/json")} \\\n  -d '${JSON.stringify(event)}'`;
};

/** A shell command that sends ten failed logins as sshd logs them, which is what `AlertSshPasswordGuessing` looks for. */
export const bruteforce = (origin: string): string => {
  const line = `$(date -u '+%b %e %T') web1 sshd[811]: Failed password for root from 192.0.2.7 port 4022 ssh2`;
  return `yes "${line}" \\\n  | head -10 | ${post(origin, "text/plain")} --data-binary @-`;
};
