import { over } from "../event/finish-event.ts";
import { firstText, textAt } from "../event/json.ts";
import type { Shipper } from "../event/parser.ts";
import { programName } from "../lines/syslog-line.ts";
import { restFields } from "./rest-of.ts";

const READ = [
  ..."Message raw_event EventTime Hostname SourceName ProcessID ExecutionProcessID".split(" "),
  ..."SyslogSeverity Severity SyslogFacility MessageSourceAddress SeverityValue SyslogSeverityValue".split(" "),
];

/** nxlog: messages of syslog, and lines of files. @see https://docs.nxlog.co/refman/current/im/udp.html */
export const nxlog: Shipper = {
  name: "nxlog",
  recognise: (record) => Object.hasOwn(record, "EventReceivedTime") && Object.hasOwn(record, "SourceModuleName"),
  open: (record) => {
    const processname = textAt(record, "SourceName");
    const facility = textAt(record, "SyslogFacility")?.toLowerCase();
    const message = textAt(record, "Message");
    const isRaw = message === undefined || message === textAt(record, "raw_event");
    return {
      text: message ?? textAt(record, "raw_event"),
      isWholeLine: isRaw,
      fields: over(restFields(record, READ), {
        ...(facility !== undefined && { category: "syslog" }),
        utctimestamp: firstText(record, "EventTime", "EventReceivedTime"),
        hostname: textAt(record, "Hostname"),
        processname,
        processid: firstText(record, "ProcessID", "ExecutionProcessID"),
        severity: firstText(record, "SyslogSeverity", "Severity", "SyslogSeverityValue"),
        source: facility,
        facility,
        details: {
          SeverityValue: record.SeverityValue,
          program: processname === undefined ? undefined : programName(processname),
          eventsourceipaddress: textAt(record, "MessageSourceAddress"),
          ...(!isRaw && { raw_event: record.raw_event }),
        },
      }),
    };
  },
};
