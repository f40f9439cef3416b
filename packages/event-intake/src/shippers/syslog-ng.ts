import type { Shipper } from "../event/parser.ts";
import { firstText, type JsonObject, textAt } from "../event/json.ts";
import { programName } from "../lines/syslog-line.ts";
import { restOf } from "./rest-of.ts";

/** Names that have a place of their own in the event. */
const READ = ["PROGRAM", "PID", "MESSAGE", "HOST", "DATE", "ISODATE", "PRIORITY", "FACILITY", "TAGS", "SOURCEIP"];

/** Some of its formats write the year in front: `2026 May  4 11:00:00`. */
const timeOf = (record: JsonObject): string | undefined =>
  firstText(record, "ISODATE", "DATE")?.replace(/^(\d{4}) ([A-Z][a-z]{2} {1,2}\d{1,2}) /, "$2 $1 ");

const programOf = (record: JsonObject): string | undefined => {
  const name = textAt(record, "PROGRAM");
  return name === undefined ? undefined : programName(name);
};

/** `$(format-json --scope selected_macros --scope nv_pairs)` of syslog-ng, as MozDef has it. */
export const syslogNg: Shipper = {
  name: "syslog-ng",
  recognise: (record) =>
    Object.hasOwn(record, "MESSAGE") &&
    (Object.hasOwn(record, "HOST_FROM") || (Object.hasOwn(record, "HOST") && Object.hasOwn(record, "PROGRAM"))),
  open: (record) => ({
    text: textAt(record, "MESSAGE"),
    fields: {
      category: "syslog",
      utctimestamp: timeOf(record),
      hostname: textAt(record, "HOST"),
      processname: textAt(record, "PROGRAM"),
      processid: textAt(record, "PID"),
      severity: textAt(record, "PRIORITY"),
      source: textAt(record, "FACILITY"),
      facility: textAt(record, "FACILITY"),
      details: {
        ...restOf(record, READ),
        program: programOf(record),
        eventsourceipaddress: textAt(record, "SOURCEIP"),
        syslogtags: textAt(record, "TAGS"),
      },
    },
  }),
};
