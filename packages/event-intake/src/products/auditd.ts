import type { EventFields } from "../event/event.ts";
import { present } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { auditIdOf, type AuditRecord, readAuditRecord } from "../lines/audit-record.ts";
import { readAddress } from "../values/read-address.ts";
import { kindOf } from "./auditd-kinds.ts";

/**
 * Records of auditd of one event, one a line, in any order. They become what audisp-json makes of them, under its names.
 *
 * @see Linux audit "Audit Event Fields"; audisp-json `messages_format.rst`
 */
export const auditd: Parser = {
  name: "auditd",
  recognise: ({ text }) => text.includes("audit(") && auditIdOf(text) !== undefined,
  parse: ({ text }) => [...groupsOf(text)].map(eventOf),
};

interface Group {
  readonly first: AuditRecord;
  readonly records: AuditRecord[];
  /** As they came. */
  readonly lines: string[];
}

/** Records of one time and serial. What is no record belongs to the one before it. */
const groupsOf = (text: string): Iterable<Group> => {
  const groups = new Map<string, Group>();
  let current: Group | undefined;
  for (const line of text.split("\n")) {
    const record = readAuditRecord(withoutHeader(line));
    if (record !== undefined) {
      current = groups.get(record.id) ?? { first: record, records: [], lines: [] };
      groups.set(record.id, current);
      current.records.push(record);
    }
    current?.lines.push(line);
  }
  return groups.values();
};

/** Lines of syslog after the first one still have their header. */
const withoutHeader = (line: string): string => {
  if (auditIdOf(line) !== undefined) return line;
  const start = /(?:node=\S{1,255} )?type=[A-Z\d_]{1,40} (?:msg=)?audit\(/.exec(line)?.index;
  return start === undefined ? line : line.slice(start);
};

/** Names with another meaning than the value: the call's own arguments, and what has a name of its own below. */
const NOT_KEPT =
  /^(?:a\d.*|argc|items|item|comm|exe|key|ses|auid|addr|hostname|acct|success|res|proctitle|name|cwd|msg)$/;

const eventOf = ({ first, records, lines }: Group): EventFields => {
  const value = (name: string): string | undefined => meant(firstOf(records, ({ values }) => values.get(name)));
  const enriched = (name: string): string | undefined => meant(firstOf(records, (record) => record.enriched.get(name)));
  const kind = kindOf(records);
  const address = readAddress(value("addr"))?.address;
  const isLogin = /^USER_(?:AUTH|LOGIN|ERR)$/.test(first.type);
  return {
    category: kind?.category ?? (isLogin ? "authentication" : "auditd"),
    summary: kind?.summary,
    severity: "INFO",
    utctimestamp: first.time,
    hostname: first.node,
    processname: "audisp-json",
    tags: ["audit"],
    details: present({
      ...others(records),
      auditserial: first.serial,
      audittype: [...new Set(records.map(({ type }) => type))].join(" "),
      message: lines.join("\n"),
      processname: value("comm"),
      process: value("exe"),
      command: kind?.command,
      path: kind?.path,
      cwd: value("cwd"),
      auditkey: keysOf(value("key")),
      originaluid: value("auid"),
      originaluser: nameOf(enriched("AUID"), value("auid")),
      user: nameOf(enriched("UID"), value("uid")),
      session: value("ses"),
      sourceipaddress: address,
      source: address === undefined ? value("addr") : undefined,
      username: value("acct") ?? enriched("ID"),
      success: successOf(value("res") ?? value("success")),
    }),
  };
};

const firstOf = (records: readonly AuditRecord[], pick: (record: AuditRecord) => string | undefined) => {
  for (const record of records) {
    const value = pick(record);
    if (value !== undefined && meant(value) !== undefined) return value;
  }
  return undefined;
};

/** How auditd writes that there is nothing: nobody has logged in, no terminal, no key. */
const NOTHING = new Set(["", "?", "(null)", "(none)", "unset", "4294967295", "-1"]);

const meant = (value: string | undefined): string | undefined =>
  value === undefined || NOTHING.has(value) ? undefined : value;

/** What the other names say, each from the record that comes first. */
const others = (records: readonly AuditRecord[]): Record<string, string> => {
  const kept = records.flatMap(({ values }) => [...values].filter(([name]) => !NOT_KEPT.test(name)));
  return Object.fromEntries(kept.filter(([, value]) => meant(value) !== undefined).reverse());
};

/** Without enrichment there is only the number, and alerts group by user: better one that says less than none. */
const nameOf = (name: string | undefined, id: string | undefined): string | undefined =>
  name ?? (id === "0" ? "root" : id);

/** A rule may give several keys. */
const keysOf = (text: string | undefined): string | readonly string[] | undefined => {
  const keys = text?.split("\u0001") ?? [];
  return keys.length > 1 ? keys : text;
};

const successOf = (text: string | undefined): boolean | undefined => {
  if (text === undefined) return undefined;
  if (/^(?:yes|success|1)$/.test(text)) return true;
  return /^(?:no|failed|0)$/.test(text) ? false : undefined;
};
