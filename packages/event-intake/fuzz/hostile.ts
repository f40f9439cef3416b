import type { Random } from "./random.ts";

/** Signs that patterns turn on, and those that break texts. */
const SIGNS = Array.from(
  " \t\n\r\0\u0001\u001d\u00a0\u2028\ufeff()[]{}<>\"'`\\|=:;,.-+*/%#@&^$?!~_0159aAzZ\u00e9\u{1f600}" +
    "\ud800\udc00\u007f\u0085",
);

/** What lines of every kind begin with, and pieces that patterns look for. */
const PIECES = [
  ..."<38>~<191>~<13>1 ~CEF:0|~LEEF:2.0|~@cee: ~#separator \\x09~#fields\t~#path\t~#close\t".split("~"),
  "CEF:0|v|p|1|id|name|5|",
  "LEEF:1.0|v|p|1|id|",
  "LEEF:2.0|v|p|1|id|^|",
  "May  4 11:00:00 gate2 sshd[77]: ",
  "<38>May  4 11:00:00 gate2 sshd[77]: ",
  "<38>1 2026-05-04T11:00:00Z gate2 sshd 77 - ",
  '<38>1 2026-05-04T11:00:00Z gate2 app 77 - [a b="',
  "type=EXECVE msg=audit(1777888800.125:7): argc=1 ",
  "type=SYSCALL msg=audit(1777888800.125:7): ",
  "audit(1777888800.125:7)",
  "2026-05-04 11:00:00,250 fail2ban.actions ",
  "1777888800.125    250 192.0.2.7 TCP_MISS/200 ",
  '192.0.2.7 - - [04/May/2026:11:00:00 +0000] "',
  ..."Failed password for ~Accepted publickey for ~Invalid user ~Connection closed by ~Disconnecting ".split("~"),
  ..."message repeated 2 times: [ ~pam_unix(sshd:auth): authentication failure; logname= ~ user=~ rhost=".split("~"),
  ..." from ~ port 22 ssh2~ for ~: ~ ; COMMAND=~ ; ~TTY=~ uid=~ by ~session opened for user ".split("~"),
  ..."FAILED LOGIN 1 FROM ~LOGIN ON ~new user: name=~Successful Duo login for '~IN=eth0 OUT= SRC=".split("~"),
  ..."src=~ dst=~ rt=~ msg=~ act=~\\=~\\|~\\\\~\\n~\\x09~\\u0000~%00~${jndi:ldap://192.0.2.7}~../../etc".split("~"),
  ..."192.0.2.7~192.0.2.7:99999~[2001:db8::1]:22~::ffff:192.0.2.1~fe80::1%eth0~999.999.999.999~-".split("~"),
  ..."9223372036854775807~-9223372036854775808~1e400~0.1234567890123456789012345~NaN~true~null".split("~"),
  ..."2026-05-04T11:00:00Z~05/06/2026~1777888800~1777888800125000000~Feb 30 25:61:61~0000-00-00".split("~"),
  ..."__proto__~constructor~prototype~toString~hasOwnProperty~then~toJSON~length".split("~"),
];

/** Parts of JSON that nobody expects. */
const VALUES = [
  ...'{}~[]~null~true~-0~1e400~9223372036854775807~""~"-"~"\\ud800"~"\\u0000"~[[]]~[null]~[{}]'.split("~"),
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"toString":null,"valueOf":1,"toJSON":"x","then":{},"length":-1}',
  '{"name":{"name":{"name":[]}}}',
  '{"rawJSON":"1"}',
  '{"":{"":1},".":1,"a.b":{"c.d":1},"a":{"b":2}}',
];

/** A piece that is repeated within a line: most often few times, now and then so often that bad patterns take for ever. */
export const repeated = (random: Random, isLarge: boolean): string => {
  const piece = random.oneIn(2) ? random.pick(SIGNS) : random.pick(PIECES);
  const second = random.oneIn(3) ? random.pick(SIGNS) : "";
  const length = isLarge ? 20_000 + random.below(200_000) : 1 + random.below(40);
  return (piece + second).repeat(Math.max(1, Math.floor(length / (piece + second).length)));
};

/** A line made of pieces. */
export const hostileLine = (random: Random, isLarge: boolean): string => {
  const count = 1 + random.below(5);
  const parts = Array.from({ length: count }, () =>
    random.oneIn(3) ? repeated(random, false) : random.pick(random.oneIn(4) ? SIGNS : PIECES),
  );
  if (isLarge) parts.splice(random.below(count + 1), 0, repeated(random, true));
  return parts.join("");
};

/** JSON text of a value that nobody expects; also very deep and very long ones. */
export const hostileValue = (random: Random, isLarge: boolean): string => {
  if (!isLarge) return random.oneIn(4) ? JSON.stringify(hostileLine(random, false)) : random.pick(VALUES);
  const inner = random.pick(VALUES);
  const count = 1_000 + random.below(20_000);
  switch (random.below(4)) {
    case 0:
      return `[${Array.from({ length: count }, () => inner).join(",")}]`;
    case 1:
      return `{${Array.from({ length: count }, (_, at) => `"k${at}":${inner}`).join(",")}}`;
    case 2:
      return `${'{"a":['.repeat(count)}${inner}${"]}".repeat(count)}`;
    default:
      return JSON.stringify(repeated(random, true));
  }
};
