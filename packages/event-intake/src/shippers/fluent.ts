import { over } from "../event/finish-event.ts";
import { firstText, type JsonObject, textAt } from "../event/json.ts";
import type { Opened, Shipper } from "../event/parser.ts";
import { programName } from "../lines/syslog-line.ts";
import { facilityName } from "../values/severity.ts";
import { restFields } from "./rest-of.ts";

const READ = [..."message date host ident pid pri severity facility".split(" ")];

const isSyslog = (record: JsonObject): boolean =>
  textAt(record, "ident") !== undefined &&
  typeof record.message === "string" &&
  ["host", "pid", "pri"].some((name) => Object.hasOwn(record, name));

const isFluentBit = (record: JsonObject): boolean => Object.hasOwn(record, "pri") || Object.hasOwn(record, "date");

const openSyslog = (record: JsonObject): Opened => {
  const pri = /^\d{1,3}$/.test(textAt(record, "pri") ?? "") ? Number(record.pri) : undefined;
  const facility = firstText(record, "facility") ?? (pri === undefined ? undefined : facilityName(Math.floor(pri / 8)));
  const program = textAt(record, "ident");
  // The number is an instant; the text may have neither zone nor year.
  const { utctimestamp, ...names } = restFields(record, [...READ, ...nothings(record)]);
  return {
    text: textAt(record, "message"),
    fields: over(names, {
      category: "syslog",
      utctimestamp: record.date ?? utctimestamp,
      hostname: textAt(record, "host"),
      processname: program,
      processid: textAt(record, "pid"),
      severity: textAt(record, "severity") ?? (pri === undefined ? undefined : String(pri % 8)),
      source: facility,
      facility,
      details: {
        program: program === undefined ? undefined : programName(program),
        ...(pri === undefined && { pri: record.pri }),
        ...(record.date !== undefined && { time: utctimestamp }),
      },
    }),
  };
};

/** `msgid`, `extradata`: RFC 5424 writes `-` where there is nothing. */
const nothings = (record: JsonObject): readonly string[] => Object.keys(record).filter((name) => record[name] === "-");

/** The syslog input of Fluent Bit, with its parsers for RFC 3164 and 5424. @see Fluent Bit `conf/parsers.conf` */
export const fluentBit: Shipper = {
  name: "fluent-bit",
  recognise: (record) => isSyslog(record) && isFluentBit(record),
  open: openSyslog,
};

/** The syslog input of Fluentd; its time is outside of the record unless it is injected. @see Fluentd `lib/fluent/plugin/in_syslog.rb` */
export const fluentd: Shipper = { name: "fluentd", recognise: isSyslog, open: openSyslog };

/** The tail input of Fluent Bit and the logs of containers: the line, and what filters have added. */
export const fluentTail: Shipper = {
  name: "fluent-tail",
  recognise: (record) =>
    typeof record.log === "string" &&
    !Object.hasOwn(record, "message") &&
    ["date", "time", "stream", "kubernetes"].some((name) => Object.hasOwn(record, name)),
  open: (record) => {
    const isContainer = Object.hasOwn(record, "stream") || Object.hasOwn(record, "kubernetes");
    return {
      text: textAt(record, "log")?.trimEnd(),
      isWholeLine: !isContainer,
      isTimeOfReading: !isContainer,
      fields: over({ hostname: textAt(record, "kubernetes.host") }, restFields(record, ["log"])),
    };
  },
};
