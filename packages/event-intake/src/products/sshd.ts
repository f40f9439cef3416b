import type { JsonObject } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { type Form, namesOf, readForms } from "./forms.ts";
import { readPam } from "./pam.ts";

const WHO = namesOf("username sourceipaddress sourceport");

const AUTHENTICATION = namesOf("authstatus authmethod username sourceipaddress sourceport key");

const ADDRESS = "([\\da-fA-F.:]*[\\da-fA-F.](?:%[\\w.-]{1,40})?)";

/**
 * The messages of OpenSSH that hold who and from where. Whoever connects chooses the user's name, blanks and ` from ` among it: of
 * several addresses the last counts, and the first where a text that he chooses comes after it.
 *
 * @see OpenSSH `auth.c`, `auth_log`; `packet.c`, `sshpkt_vfatal`; MozDef `mq/plugins/parse_sshd.py`
 */
const FORMS: readonly Form[] = [
  // The name of a certificate is chosen by who made it.
  [
    /^(Accepted|Failed|Postponed|Partial) ([\w/.@-]+) for (?:invalid user )?(.*?) from (\S+) port (\d+) ssh2: ([\w-]+-CERT SHA256:\S{43} ID .*)$/,
    ...AUTHENTICATION,
  ],
  [
    /^(Accepted|Failed|Postponed|Partial) ([\w/.@-]+) for (?:(?:invalid|illegal) user )?(.*) from (\S+) port (\d+)(?: ssh\d?)?(?:: (.*))?$/,
    ...AUTHENTICATION,
  ],
  [/^(?:Invalid|Illegal) user (.*) from (\S+)(?: port (\d+))?$/, ...WHO],
  [/^input_userauth_request: (?:invalid|illegal) user (.*)$/, "username"],
  [
    /^Starting session: ([\w-]+)(?: on (\S+))? for (\S+) from (\S+) port (\d+)(?: id \d+)?$/,
    ...namesOf("sessiontype device username sourceipaddress sourceport"),
  ],
  [
    /^Starting session: ([\w-]+).* for (\S+) from (\S+) port (\d+)(?: id \d+)?$/,
    ...namesOf("sessiontype username sourceipaddress sourceport"),
  ],
  [/^Close session: user (\S+) from (\S+) port (\d+)/, ...WHO],
  [
    /^maximum authentication attempts exceeded for (?:(?:invalid|illegal) user )?(.*) from (\S+) port (\d+)(?: ssh\d?)?$/,
    ...WHO,
  ],
  [
    /^(?:Connection (?:closed|reset) by|Disconnected from) (?:authenticating |invalid )?user (.*) (\S+) port (\d+)$/,
    ...WHO,
  ],
  [
    /^Disconnecting (?:authenticating |invalid )?user (.*?) (\S+) port (\d+): Change of username or service not allowed: /,
    ...WHO,
  ],
  [/^Disconnecting (?:authenticating |invalid )?user (.*) (\S+) port (\d+): [^:]*$/, ...WHO],
  [/^User (.*) from (\S+) not allowed because /, ...WHO],
  [/^User (\S+) not allowed because /, "username"],
  [/^ROOT LOGIN REFUSED FROM (\S+)(?: port (\d+))?$/, "sourceipaddress", "sourceport"],
  [/^PAM: [\w ,.'-]{1,80}? for (?:(?:illegal|invalid) user )?(.*) from (\S+)$/, ...WHO],
  [
    new RegExp(
      `^(?:Connection (?:closed|reset) by|Connection from|Received disconnect from|Disconnected from|Disconnecting|Unable to negotiate with|Protocol major versions differ for|Timeout before authentication for(?: connection from)?) ${ADDRESS}(?: port (\\d+))?(?=[\\s:,]|$)`,
    ),
    ...namesOf("sourceipaddress sourceport"),
  ],
  [
    /^(?:Did not receive identification string|Bad protocol version identification .*|refused connect) from (\S+)(?: port (\d+))?$/,
    ...namesOf("sourceipaddress sourceport"),
  ],
  [
    /^(?:banner exchange|ssh_dispatch_run_fatal): Connection from (?:(?:authenticating|invalid) )?user (.*) (\S+) port (\d+): [^:]*$/,
    ...WHO,
  ],
  [/^(?:banner exchange|ssh_dispatch_run_fatal): Connection from (\S+) port (\d+): /, "sourceipaddress", "sourceport"],
  [/^drop connection #\d+ from \[([^\]\s]+)\]:(\d+) on /, "sourceipaddress", "sourceport"],
  [/^reverse mapping checking getaddrinfo for \S+ \[([^\]\s]+)\] failed/, "sourceipaddress"],
  [/^Address (\S+) maps to \S+, but this does not map back/, "sourceipaddress"],
];

/** sshd of OpenSSH, also its parts `sshd-session` and `sshd-auth`. */
export const sshd: Parser = {
  name: "sshd",
  recognise: ({ program, text }) => program === "sshd" && text !== "",
  parse: ({ text }) => ({ category: "syslog", details: { program: "sshd", ...readMessage(bare(text.trim())) } }),
};

/** Without the repetition of a relay, the level, and where in its work sshd was. */
const bare = (message: string): string => {
  const [, repeated = message] = /^message repeated \d{1,9} times: \[ (.*)\]$/.exec(message) ?? [];
  return repeated
    .trimEnd()
    .replace(/^(?:error|fatal|warning|info): /, "")
    .replace(/ \[(?:preauth|postauth)\]$/, "");
};

const readMessage = (message: string): JsonObject => {
  const { key, ...fields } = readForms(FORMS, message) ?? readPam(message) ?? {};
  return { ...fields, ...(typeof key === "string" && keyOf(key)) };
};

/** `ED25519 SHA256:..`, `RSA-CERT SHA256:.. ID alice (serial 3) CA ..`. MozDef has a name for the fingerprint of RSA only. */
const keyOf = (text: string): JsonObject => {
  const found = /^([A-Z][\w-]*) ([\w:+/=-]{1,200})/.exec(text);
  if (found === null) return {};
  const [, keytype = "", keyfingerprint] = found;
  return { keytype, keyfingerprint, ...(keytype.startsWith("RSA") && { rsakeyfingerprint: keyfingerprint }) };
};
