import type { EventFields } from "../event/event.ts";
import { over } from "../event/finish-event.ts";
import { at, firstText, isObject, type JsonObject, textAt } from "../event/json.ts";
import type { Shipper } from "../event/parser.ts";
import { programName } from "../lines/syslog-line.ts";
import { facilityName } from "../values/severity.ts";
import { detailsOf } from "./details-of.ts";
import { readEcs, restDetails } from "./ecs-fields.ts";

/** Field sets of which a document has at least one besides its time. */
const SETS = ["agent", "event", "host", "log", "process", "source", "user"] as const;

/** Inputs whose message is a line as it was read, at the time that the document has. */
const RAW_INPUTS = new Set(["filestream", "log", "tcp", "udp", "unix", "syslog", "stdin"]);

/**
 * Any document with names of the Elastic Common Schema: of Filebeat, Winlogbeat and other Beats, Elastic Agent, Logstash.
 *
 * @see https://www.elastic.co/docs/reference/ecs
 */
export const ecsShipper: Shipper = {
  name: "ecs",
  recognise: (record) =>
    textAt(record, "ecs.version") !== undefined ||
    (Object.hasOwn(record, "@timestamp") && SETS.some((name) => isObject(record[name]))),
  open: (record) => {
    const { fields: custom, details: own, ...document } = record;
    const { fields, rest } = readEcs(document);
    const { summary, ...read } = over(over({ details: customDetails(custom, own) }, fields), syslogFields(record));
    const program = textAt(read.details, "program");
    const isRaw = program === undefined && isRawLine(record);
    return {
      text: textAt({ summary }, "summary"),
      isWholeLine: isRaw,
      isTimeOfReading: isRaw,
      fields: over({ details: restDetails(rest) }, read),
    };
  },
};

/** Filebeat's `fields` are the ones that its owner adds. */
const customDetails = (custom: unknown, own: unknown): JsonObject =>
  Object.fromEntries(
    [
      custom === undefined ? [] : (detailsOf("fields", custom) ?? []),
      own === undefined ? [] : (detailsOf("details", own) ?? []),
    ].flat(),
  );

/** The output of a container is not written by syslog. Logstash names no input: a message that is the original has not been read yet. */
const isRawLine = (record: JsonObject): boolean => {
  const input = textAt(record, "input.type");
  if (input !== undefined) return RAW_INPUTS.has(input);
  const original = textAt(record, "event.original");
  return at(record, "log.offset") !== undefined || (original !== undefined && original === textAt(record, "message"));
};

/** What Filebeat's journal and its syslog processor say, and the syslog input of Logstash. */
const syslogFields = (record: JsonObject): EventFields => {
  const isJournal = textAt(record, "input.type") === "journald" || isObject(record.journald);
  if (!isJournal && at(record, "log.syslog") === undefined) return {};
  const facility = firstText(record, "log.syslog.facility.code", "syslog.facility");
  const name = facility === undefined ? undefined : facilityName(Number(facility));
  const isOther = textAt(record, "event.dataset") !== undefined;
  return {
    ...(!isOther && { category: "syslog", source: name }),
    ...(isJournal && journalFields(record)),
    ...(name !== undefined && { facility: name }),
  };
};

/** The priority of the journal is the severity alone. */
const journalFields = (record: JsonObject): EventFields => {
  const processname = firstText(record, "syslog.identifier", "journald.process.name", "process.name");
  return {
    processname,
    processid: firstText(record, "syslog.pid", "journald.pid", "process.pid"),
    severity: firstText(record, "syslog.priority", "log.syslog.priority"),
    details: { program: processname === undefined ? undefined : programName(processname) },
  };
};
