import { over } from "../event/finish-event.ts";
import { firstText, textAt } from "../event/json.ts";
import type { Opened, Shipper } from "../event/parser.ts";
import { programName } from "../lines/syslog-line.ts";
import { restFields } from "./rest-of.ts";

/** Sources whose message is a line as it was read; `timestamp` is then when. */
const RAW_SOURCES = new Set(["file", "socket", "stdin"]);

const READ = [..."message timestamp hostname host appname procid severity facility source_ip file version".split(" ")];

/** @see https://vector.dev/docs/reference/configuration/sources/syslog/ and `/file/` */
export const vector: Shipper = {
  name: "vector",
  recognise: (record) =>
    textAt(record, "source_type") !== undefined &&
    Object.hasOwn(record, "timestamp") &&
    Object.hasOwn(record, "message"),
  open: (record): Opened => {
    const isRaw = RAW_SOURCES.has(textAt(record, "source_type") ?? "");
    const isSyslog = textAt(record, "source_type") === "syslog";
    const processname = firstText(record, "appname", "SYSLOG_IDENTIFIER", "_COMM");
    const facility = textAt(record, "facility");
    return {
      text: textAt(record, "message"),
      isWholeLine: isRaw,
      isTimeOfReading: isRaw,
      fields: over(restFields(record, READ), {
        ...((isSyslog || textAt(record, "source_type") === "journald") && { category: "syslog" }),
        utctimestamp: record.timestamp,
        hostname: firstText(record, "hostname", "host"),
        processname,
        processid: firstText(record, "procid", "_PID"),
        severity: firstText(record, "severity", "PRIORITY"),
        source: facility,
        facility,
        eventsource: textAt(record, "file"),
        details: {
          version: record.version,
          program: processname === undefined ? undefined : programName(processname),
          eventsourceipaddress: textAt(record, "source_ip"),
        },
      }),
    };
  },
};
