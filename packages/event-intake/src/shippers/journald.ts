import { firstText, isObject, type JsonObject, textAt, textOf } from "../event/json.ts";
import type { Shipper } from "../event/parser.ts";
import { facilityName } from "../values/severity.ts";
import { restOf } from "./rest-of.ts";

const READ = [
  ..."MESSAGE PRIORITY SYSLOG_FACILITY SYSLOG_IDENTIFIER _HOSTNAME".split(" "),
  ..."_SOURCE_REALTIME_TIMESTAMP __REALTIME_TIMESTAMP".split(" "),
];

/** Fields that the journal itself adds to every entry. */
const OWN = ["__REALTIME_TIMESTAMP", "__CURSOR", "_BOOT_ID", "_MACHINE_ID", "_HOSTNAME", "_TRANSPORT"];

/** `journalctl -o json`, and what reads the journal as it does: Fluent Bit's systemd input. @see systemd.journal-fields(7) */
export const journald: Shipper = {
  name: "journald",
  recognise: (record) => Object.hasOwn(record, "MESSAGE") && OWN.some((name) => Object.hasOwn(record, name)),
  open: (record) => {
    const { MESSAGE, ...rest } = record;
    const program = firstText(record, "SYSLOG_IDENTIFIER", "_COMM");
    const facility = textAt(record, "SYSLOG_FACILITY");
    const name = facility === undefined ? undefined : facilityName(Number(facility));
    return {
      text: messageOf(MESSAGE),
      fields: {
        category: "syslog",
        utctimestamp: firstText(record, "_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP", "date"),
        hostname: textAt(record, "_HOSTNAME"),
        processname: program,
        processid: firstText(record, "_PID", "SYSLOG_PID"),
        severity: textAt(record, "PRIORITY"),
        source: name,
        facility: name,
        details: {
          ...restOf(rest, READ),
          program,
          ...(name === undefined && { SYSLOG_FACILITY: facility }),
          ...messages(MESSAGE),
        },
      },
    };
  },
};

/** What is not UTF-8 comes as a list of its bytes, a message that was set twice as a list of both. */
const messageOf = (value: unknown): string | undefined => {
  if (!Array.isArray(value) || !value.every(isByte)) return textOf(value);
  return new TextDecoder().decode(Uint8Array.from(value));
};

const isByte = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;

/** More than one message, or none that is a text. */
const messages = (value: unknown): JsonObject =>
  isObject(value) || (Array.isArray(value) && !value.every(isByte)) ? { messages: JSON.stringify(value) } : {};
