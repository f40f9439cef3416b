import type { EventFields } from "../event/event.ts";
import { facilityName, severityName } from "../values/severity.ts";

/** A line of syslog without its header. */
export interface SyslogLine {
  readonly message: string;
  readonly fields: EventFields;
}

/** Longest header that is looked for. */
const HEADER = 1_024;

/** `<34>` */
const PRIORITY = /^<(\d{1,3})>/;

/** `1 2026-05-04T11:00:00.1Z gate2 sshd 77 ID47 ` and the structured data after it. */
const RFC_5424 = /^1 (\S{1,64}) (\S{1,255}) (\S{1,128}) (\S{1,128}) (\S{1,64}) /;

/** `sshd[77]` in the place of the name alone: `logger -t` sends what it is given. */
const TAGGED_NAME = /^([^[\]]{1,64})\[(\d{1,10})\]$/;

/**
 * `May  4 11:00:00` or an ISO time, then the host. Relays write more before the program. Cisco counts messages in front, and marks
 * a clock that is not set by a star.
 */
const RFC_3164 =
  /^(?:\d{1,10}: )?[*.]?((?:[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: (?:UTC|GMT)(?=[: ]))?)|(?:\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)):? /;

/** What follows is not from a program of this name: the format of the message begins so. */
const FORMAT = /^(?:CEF|LEEF):\d|^@cee:/;

/** Few lines are of a format: that is seen at their first character. */
const isFormat = (text: string): boolean => FIRST_OF_FORMATS.has(text.charCodeAt(0)) && FORMAT.test(text);

/** `C`, `L` and `@`. */
const FIRST_OF_FORMATS = new Set([0x43, 0x4c, 0x40]);

/** Between host and program: `auth|security:info ` of AIX, `Message forwarded from gate2: `, ` : ` of Cisco. */
const BEFORE_TAG =
  /^(?:: |[a-z\d|]{2,30}:(?:emerg|alert|crit|err|warn|notice|info|debug) (?=\S{1,64}: )|Message forwarded from (\S{1,255}): )/;

/** `[ID 800047 auth.info] ` of Solaris and illumos. */
const SOLARIS = /^\[ID (\d{1,10}) ([a-z\d]{2,10})\.([a-z]{3,10})\] /;

/** `sshd[77]: `, `sshd(pam_unix)[77]: `, `kernel: `, `/usr/sbin/cron[1]: `. */
const TAG = /^([A-Za-z0-9_./@:%+-]{0,62}[A-Za-z0-9_./@%+-](?:\([^)\s]{1,40}\))?)(?:\[(\d{1,10}|-)\])?: ?/;

/**
 * Takes the header off a line of syslog: RFC 5424, RFC 3164, or as it is in a file, without the priority.
 *
 * @returns null when the line does not begin as one.
 */
export const readSyslogLine = (line: string): SyslogLine | null => {
  const text = line.startsWith("\uFEFF") ? line.slice(1) : line;
  const priority = PRIORITY.exec(text);
  const value = priority === null ? undefined : Number(priority[1]);
  if (value !== undefined && value > 191) return null;
  const rest = priority === null ? text : text.slice(priority[0].length);
  const levels =
    value === undefined ? {} : { severity: severityName(value % 8), facility: facilityName(Math.floor(value / 8)) };
  const read = (value === undefined ? null : readRfc5424(rest)) ?? readRfc3164(rest, value !== undefined);
  return read === null ? null : { message: read.message, fields: { ...levels, ...read.fields } };
};

/** Whether a text begins as a line of syslog on its way does, with the number of its severity and facility: nothing else begins so. */
export const hasPriority = (text: string | undefined): boolean => text !== undefined && PRIORITY.test(text);

const readRfc5424 = (text: string): SyslogLine | null => {
  const found = RFC_5424.exec(text);
  if (found === null) return null;
  const [header, time, host, name, pid, id] = found.map((part) => (part === "-" ? undefined : part));
  const [, program = name, taggedPid] = (name?.endsWith("]") === true ? TAGGED_NAME.exec(name) : null) ?? [];
  const { data, end } = readStructuredData(text, header?.length ?? 0);
  const message = text.slice(end).replace(/^ ?\uFEFF?/, "");
  return {
    message,
    fields: {
      utctimestamp: time,
      hostname: host,
      processid: pid ?? taggedPid,
      ...programFields(program),
      details: {
        ...programFields(program).details,
        msgid: id,
        ...(Object.keys(data).length > 0 && { structureddata: data }),
      },
    },
  };
};

type Data = Record<string, Record<string, string>>;

/** `[id name="value"][..]` or `-`. What is not closed is part of the message. */
const readStructuredData = (text: string, from: number): { readonly data: Data; readonly end: number } => {
  const elements: [string, Record<string, string>][] = [];
  let at = from;
  if (text[at] === "-") return { data: {}, end: at + 1 };
  while (text[at] === "[") {
    const element = readElement(text, at + 1);
    if (element === null) break;
    elements.push([element.id, element.parameters]);
    at = element.end;
  }
  return { data: Object.fromEntries(elements), end: at };
};

const NAME = /[^\s="\]]{1,64}/y;

const readElement = (
  text: string,
  from: number,
): { readonly id: string; readonly parameters: Record<string, string>; readonly end: number } | null => {
  const id = sticky(NAME, text, from);
  if (id === undefined) return null;
  const parameters: [string, string][] = [];
  let at = from + id.length;
  while (text[at] === " ") {
    const name = sticky(NAME, text, at + 1);
    if (name === undefined) break;
    const value = readQuoted(text, at + 1 + name.length + 1);
    if (text[at + 1 + name.length] !== "=" || value === null) return null;
    parameters.push([name, value.value]);
    at = value.end;
  }
  return text[at] === "]" ? { id, parameters: Object.fromEntries(parameters), end: at + 1 } : null;
};

const sticky = (pattern: RegExp, text: string, from: number): string | undefined => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0];
};

/** In quotes, with `\"`, `\\` and `\]`. */
const readQuoted = (text: string, from: number): { readonly value: string; readonly end: number } | null => {
  if (text[from] !== '"') return null;
  let value = "";
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === '"') return { value, end: at + 1 };
    const next = text[at + 1] ?? "";
    const isEscape = character === "\\" && (next === '"' || next === "\\" || next === "]");
    value += isEscape ? next : character;
    if (isEscape) at += 1;
  }
  return null;
};

/** With a priority in front the time may be missing; without one it is all that tells a line of syslog. */
const readRfc3164 = (text: string, hasPriority: boolean): SyslogLine | null => {
  const found = RFC_3164.exec(text.slice(0, HEADER));
  if (found === null) return hasPriority ? withTag(text, {}) : null;
  const rest = text.slice(found[0].length);
  const host = isFormat(rest) ? null : /^(\S{1,255}) /.exec(rest);
  if (host === null) return { message: rest, fields: { utctimestamp: found[1] } };
  // `May  4 11:00:00 sshd[77]: ..` and `last message repeated`: what ends as a tag is not a host.
  if (host[0].endsWith(": ") && TAG.exec(rest)?.[0].length === host[0].length)
    return withTag(rest, { utctimestamp: found[1] });
  return withTag(rest.slice(host[0].length), { utctimestamp: found[1], hostname: host[1] });
};

const withTag = (line: string, fields: EventFields): SyslogLine => {
  const [before = "", origin] = BEFORE_TAG.exec(line) ?? [];
  const text = line.slice(before.length);
  const around: EventFields = origin === undefined ? fields : { ...fields, hostname: origin };
  const found = isFormat(text) ? null : TAG.exec(text.slice(0, HEADER));
  if (found === null) return { message: text, fields: around };
  const message = text.slice(found[0].length);
  const { details, ...program } = programFields(found[1]);
  const [mark = "", msgid, facility, severity] = (message.startsWith("[ID ") ? SOLARIS.exec(message) : null) ?? [];
  return {
    message: message.slice(mark.length),
    fields: {
      ...around,
      processid: found[2] === "-" ? undefined : found[2],
      ...program,
      ...(mark !== "" && { facility, severity }),
      details: { ...details, ...(mark !== "" && { msgid }) },
    },
  };
};

/** `details.program` is what alerts ask for: without path, PAM module and the parts into which sshd was divided. */
const programFields = (
  name: string | undefined,
): { readonly processname?: string; readonly details?: { readonly program: string } } => {
  if (name === undefined) return {};
  return { processname: name, details: { program: programName(name) } };
};

/** `sshd-session`, `sshd-auth` and `sshd(pam_unix)` are `sshd`; `/usr/sbin/cron` is `cron`. */
export const programName = (name: string): string => {
  const file = name.slice(name.lastIndexOf("/") + 1);
  const module = file.indexOf("(");
  const bare = module === -1 ? file : file.slice(0, module);
  return bare === "sshd-session" || bare === "sshd-auth" ? "sshd" : bare;
};
