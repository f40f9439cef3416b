import { over } from "../event/finish-event.ts";
import { firstText, textAt } from "../event/json.ts";
import type { Shipper } from "../event/parser.ts";
import { programName } from "../lines/syslog-line.ts";
import { readAddress } from "../values/read-address.ts";
import { facilityName } from "../values/severity.ts";
import { restFields } from "./rest-of.ts";

const READ = [
  ..."@timestamp @version message host priority severity severity_label facility logsource program pid".split(" "),
];

/**
 * Logstash by its own names; by those of ECS it is a document like others. `host` is who has sent a message of syslog, and the
 * machine itself for a line of a file.
 *
 * @see https://www.elastic.co/docs/reference/logstash/plugins/plugins-inputs-syslog
 */
export const logstash: Shipper = {
  name: "logstash",
  recognise: (record) => Object.hasOwn(record, "@version") && Object.hasOwn(record, "@timestamp"),
  open: (record) => {
    const program = textAt(record, "program");
    const facility = textAt(record, "facility");
    const name = facility === undefined ? undefined : (facilityName(Number(facility)) ?? facility);
    const host = firstText(record, "host.name", "host.hostname", "host");
    const isSyslog = Object.hasOwn(record, "logsource") || Object.hasOwn(record, "facility_label");
    const isLine = !isSyslog && program === undefined;
    const { timestamp, ...names } = restFields(record, READ);
    return {
      text: textAt(record, "message"),
      isWholeLine: isLine,
      isTimeOfReading: isLine,
      fields: over(names, {
        ...(isSyslog && { category: "syslog" }),
        utctimestamp: record["@timestamp"],
        hostname: textAt(record, "logsource") ?? host,
        processname: program,
        processid: textAt(record, "pid"),
        severity: firstText(record, "severity", "severity_label"),
        source: name,
        facility: name,
        details: {
          program: program === undefined ? undefined : programName(program),
          priority: record.priority,
          ...(timestamp !== undefined && { syslogtimestamp: timestamp }),
          ...(isSyslog && { eventsourceipaddress: readAddress(host)?.address }),
        },
      }),
    };
  },
};
