import type { JsonObject } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readAddress } from "../values/read-address.ts";
import { type Form, namesOf, readForms } from "./forms.ts";

/** `pam_unix(su-l:session): `; older modules write it behind the program: `login(pam_unix)[77]: `. */
const MODULE = /^pam_\w{1,40}\([^)]{1,120}\): /;

const SESSION: Form = [
  /^session (opened|closed) for user (\S+?)(?:\(uid=\d+\))?(?: by ([^\s(]*)\((?:uid|getuid)=(\d+)\))?$/,
  ...namesOf("status username originuser uid"),
];

const FAILURE =
  /^(?:PAM )?(?:\d{1,6} more )?authentication failures?; logname=\S* uid=-?\d* euid=-?\d* tty=(\S*) ruser=(.*)$/;

const ACCOUNT: readonly Form[] = [
  [/^password changed for (\S+)$/, "username"],
  [/^account (\S+) has (?:expired|password changed in future)/, "username"],
  [/^expired password for user (\S+)/, "username"],
  [/^access denied for user [`'](.*)' from [`']([^`'\s]*)'$/, "username", "sourceipaddress"],
  [/^requirement ".*" (?:not|was) met by user "([^"]*)"$/, "username"],
  [/^Consecutive login failures for user (\S+) account temporarily locked/, "username"],
  [/^user (\S+) \(\d+\) tally \d+/, "username"],
];

/** PAM in whatever program it works. @see Linux-PAM `pam_unix_sess.c`, `support.c`; MozDef `mq/plugins/parse_su.py` */
export const pam: Parser = {
  name: "pam",
  recognise: ({ text, program }) => MODULE.test(text) || (program !== undefined && readPam(text.trim()) !== undefined),
  parse: ({ text }) => ({ category: "syslog", details: readPam(text.trim()) ?? {} }),
};

/** What a message of PAM says of who and from where; undefined when it is not one of PAM. */
export const readPam = (message: string): JsonObject | undefined => {
  const text = message.replace(MODULE, "").trimEnd();
  const isNamed = text.length !== message.length;
  const read = readForms([SESSION], text) ?? readFailure(text);
  return read ?? (isNamed ? (readForms(ACCOUNT, text) ?? {}) : undefined);
};

/**
 * Whoever logs in chooses the user (sshd) or the remote user (vsftpd), blanks and ` rhost=` among it: over ssh nobody has set a
 * remote user, so the first `rhost` counts, elsewhere the last.
 */
const readFailure = (text: string): JsonObject | undefined => {
  const found = FAILURE.exec(text);
  if (found === null) return undefined;
  const [, tty = "", rest = ""] = found;
  const at = tty.endsWith("ssh") ? rest.indexOf(" rhost=") : rest.lastIndexOf(" rhost=");
  const remote = at === -1 ? "" : rest.slice(0, at).trim();
  const [, rhost = "", user = ""] = (at === -1 ? null : /^ rhost=(\S*)(?: +user=(.*))?$/.exec(rest.slice(at))) ?? [];
  const username = user === "" ? remote : user;
  const isOther = remote !== "" && remote !== username && rhost === "";
  return {
    ...(username !== "" && { username }),
    ...(isOther && { originuser: remote }),
    ...(rhost !== "" && { sourceipaddress: readAddress(rhost)?.address ?? rhost }),
  };
};
