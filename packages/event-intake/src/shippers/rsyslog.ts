import { firstText, isObject, type JsonObject, textAt } from "../event/json.ts";
import type { Shipper } from "../event/parser.ts";
import { programName } from "../lines/syslog-line.ts";
import { facilityName } from "../values/severity.ts";
import { restOf } from "./rest-of.ts";

const READ = [
  ..."message msg fromhost fromhost-ip hostname programname app-name procid priority facility".split(" "),
  ..."syslogseverity syslogfacility pri timereported $!".split(" "),
];

/** Only OpenSSH writes so. The shortest of the formats leaves the program out. */
const OPENSSH = /^(?:Accepted|Failed) [\w/-]+ for .* from \S+ port \d+ ssh2(?:: |$)/;

/** The formats of rsyslog's own: StdJSONFmt, FullJSONFmt and the property jsonmesg. @see rsyslog `tools/rsyslogd.c`, `runtime/msg.c` */
export const rsyslog: Shipper = {
  name: "rsyslog",
  recognise: (record) =>
    Object.hasOwn(record, "timereported") && (Object.hasOwn(record, "fromhost") || Object.hasOwn(record, "rawmsg")),
  open: (record) => {
    // The blank after the tag is part of it.
    const text = firstText(record, "message", "msg")?.trimStart();
    const processname = firstText(record, "app-name", "programname");
    const facility = firstText(record, "facility") ?? numberedFacility(textAt(record, "syslogfacility"));
    return {
      text,
      fields: {
        category: "syslog",
        utctimestamp: firstText(record, "timereported", "timegenerated"),
        hostname: firstText(record, "hostname", "fromhost"),
        processname,
        processid: textAt(record, "procid"),
        severity: firstText(record, "priority", "syslogseverity"),
        source: facility,
        facility,
        details: {
          ...structured(record["$!"]),
          ...restOf(record, [...READ, ...Object.keys(record).filter((name) => isNothing(record[name]))]),
          program: processname === undefined ? guess(facility, text) : programName(processname),
          eventsourceipaddress: textAt(record, "fromhost-ip"),
          ...(Object.hasOwn(record, "hostname") && { fromhost: textAt(record, "fromhost") }),
        },
      },
    };
  },
};

/** What rsyslog writes where there is nothing. */
const isNothing = (value: unknown): boolean => value === "-" || value === null;

const numberedFacility = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : facilityName(Number(text));

const guess = (facility: string | undefined, text: string | undefined): string | undefined =>
  facility?.startsWith("auth") === true && text !== undefined && OPENSSH.test(text) ? "sshd" : undefined;

/** What mmjsonparse and mmnormalize have read in the message. */
const structured = (value: unknown): JsonObject => (isObject(value) ? value : {});
