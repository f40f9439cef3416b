const post = (origin: string, type: string): string => `curl -sS ${origin}/events -H 'Content-Type: ${type}'`;

/** A shell command that sends one event to the service at `origin`. */
export const oneEvent = (origin: string): string => {
  const event = { category: "test", summary: "hello from curl", tags: ["hello"] };
  return `${post(origin, "application/json")} \\\n  -d '${JSON.stringify(event)}'`;
};

/** A shell command that sends ten failed logins, which is what `AlertBruteforceSsh` looks for. */
export const bruteforce = (origin: string): string => {
  const event = {
    summary: "Failed password for invalid user admin from 192.0.2.7",
    hostname: "web1",
    details: { program: "sshd", sourceipaddress: "192.0.2.7" },
  };
  const lines = `yes '${JSON.stringify(event)}' \\\n  | head -10`;
  return `${lines} | ${post(origin, "application/x-ndjson")} --data-binary @-`;
};
