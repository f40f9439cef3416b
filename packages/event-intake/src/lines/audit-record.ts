/** Begins a record of auditd, as in its file or as the kernel logs it when no auditd runs. */
const BEGIN =
  /^(?:node=(\S{1,255}) )?(?:audit: )?type=([A-Z\d_]{1,40}) (?:msg=)?audit\((\d{1,12}(?:\.\d{1,9})?):(\d{1,20})\): ?/;

/** Names of the types that the kernel logs as numbers. @see Linux `include/uapi/linux/audit.h` */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["1300", "SYSCALL"],
  ["1302", "PATH"],
  ["1307", "CWD"],
  ["1309", "EXECVE"],
  ["1320", "EOE"],
  ["1327", "PROCTITLE"],
  ["1400", "AVC"],
  ["1700", "ANOM_PROMISCUOUS"],
]);

/** Which event a line belongs to. */
export interface AuditId {
  readonly node: string | undefined;
  readonly type: string;
  readonly time: string;
  readonly serial: string;
  /** Time and serial. */
  readonly id: string;
  /** Where the names begin. */
  readonly end: number;
}

/** undefined when the line does not begin as a record of auditd. */
export const auditIdOf = (line: string): AuditId | undefined => {
  const found = BEGIN.exec(line);
  if (found === null) return undefined;
  const [head, node, type = "", time = "", serial = ""] = found;
  return { node, type: TYPES.get(type) ?? type, time, serial, id: `${time}:${serial}`, end: head.length };
};

/** A record and the values of its names, which are texts. */
export interface AuditRecord extends AuditId {
  readonly values: ReadonlyMap<string, string>;
  /** What auditd adds behind a byte 0x1d when it enriches: names of users and calls, under names in capitals. */
  readonly enriched: ReadonlyMap<string, string>;
}

/** Names of values that are written in hexadecimal when they have a blank, a quote or a byte that is not ASCII. */
const ENCODED = /^(?:comm|ocomm|exe|cwd|name|proctitle|acct|key|dir|data|cmd|path)$/;

/** `name=value` and `name="value"`; long arguments come in pieces, `a2[0]=value`. */
const PAIR = /(?<![\w-])([\w-]{1,60}(?:\[\d{1,6}\])?)=(?:"([^"]*)"|(\S*))/g;

/** Of one name the first value counts. undefined when the line does not begin as a record of auditd. */
export const readAuditRecord = (line: string): AuditRecord | undefined => {
  const id = auditIdOf(line);
  if (id === undefined) return undefined;
  const [written = "", added = ""] = line.slice(id.end).split("\u001D", 2);
  return { ...id, values: pairsOf(withoutQuotes(written.trim()), id.type), enriched: pairsOf(added, id.type) };
};

/** What programs write is in `msg='..'` at the end; apostrophes in it are not escaped. */
const withoutQuotes = (text: string): string => {
  const start = text.indexOf("msg='");
  return start === -1 || !text.endsWith("'") ? text : text.slice(0, start) + text.slice(start + "msg='".length, -1);
};

const pairsOf = (text: string, type: string): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  for (const [, name = "", quoted, bare = ""] of text.matchAll(PAIR)) {
    const value = quoted ?? (isEncoded(name, type) ? decoded(bare) : bare);
    if (!values.has(name)) values.set(name, value);
  }
  return values;
};

/** Arguments of a call are numbers in SYSCALL, texts in EXECVE. */
const isEncoded = (name: string, type: string): boolean =>
  ENCODED.test(name) || (type === "EXECVE" && /^a\d{1,6}(?:\[|$)/.test(name));

const HEX = /^(?:[\dA-F]{2})+$/;

/** Bytes as text. What is not hexadecimal stays. */
const decoded = (text: string): string => (HEX.test(text) ? Buffer.from(text, "hex").toString("utf8") : text);
