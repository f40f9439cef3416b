import type { EventFields } from "../event/event.ts";
import { over } from "../event/finish-event.ts";
import { firstText, isObject, type JsonObject, present, textAt, textOf, without } from "../event/json.ts";
import type { Opened, Shipper } from "../event/parser.ts";
import { programName } from "../lines/syslog-line.ts";
import { facilityName } from "../values/severity.ts";
import { readEcs } from "./ecs-fields.ts";
import { listAt, pairsOf, valueOf } from "./otlp-values.ts";

/** Attributes of the syslog receiver that have a place in the event. */
const SYSLOG = ["appname", "hostname", "proc_id", "facility", "facility_text", "process.executable.name"];

const RECORD = ["timeUnixNano", "observedTimeUnixNano", "severityNumber", "severityText", "body", "attributes"];

/** Logs as OpenTelemetry sends them, as JSON: each record is an event. @see https://opentelemetry.io/docs/specs/otel/logs/data-model/ */
export const otlp: Shipper = {
  name: "otlp",
  recognise: (record) => Array.isArray(record.resourceLogs),
  open: (record) => {
    const batches = listAt(record, "resourceLogs");
    const opened = batches.flatMap(openBatch);
    // Of a form that is not known.
    const isLost = opened.length === 0 && batches.length > 0;
    return isLost ? [{ fields: { details: { resourceLogs: JSON.stringify(batches) } } }] : opened;
  },
};

const openBatch = (batch: unknown): readonly Opened[] => {
  const resource = pairsOf(listAt(isObject(batch) ? batch.resource : undefined, "attributes"));
  return listAt(batch, "scopeLogs").flatMap((scoped) =>
    listAt(scoped, "logRecords").flatMap((one) =>
      isObject(one) ? [openRecord(one, resource, textAt(scoped, "scope.name"))] : [],
    ),
  );
};

const openRecord = (record: JsonObject, resource: JsonObject, scope: string | undefined): Opened => {
  const attributes = pairsOf(listAt(record, "attributes"));
  const body = valueOf(record.body);
  const program =
    firstText(attributes, "appname", "process.executable.name") ?? textAt(resource, "process.executable.name");
  const message = program === undefined ? undefined : textAt(attributes, "message");
  const fields = over(attributeFields(attributes, resource, program), {
    utctimestamp: timeOf(record),
    severity: severityOf(record),
    details: {
      ...without(record, RECORD),
      scope,
      ...(message === undefined ? { message: attributes.message } : { body }),
    },
  });
  if (message !== undefined) return { text: message, fields };
  if (isObject(body)) return { record: body, fields };
  const text = textOf(body) ?? (body === undefined || body === "" ? undefined : JSON.stringify(body));
  return { text, isWholeLine: program === undefined && isRawLine(attributes, text), fields };
};

/** Read in a file or received by a listener, not written by the application that sends it. */
const isRawLine = (attributes: JsonObject, text: string | undefined): boolean =>
  firstText(attributes, "log.file.path", "log.file.name") !== undefined || /^<\d{1,3}>/.test(text ?? "");

/** The names of the attributes are those of ECS for the most part. */
const attributeFields = (attributes: JsonObject, resource: JsonObject, program: string | undefined): EventFields => {
  const own = readEcs(without(attributes, [...SYSLOG, "message"]));
  const about = readEcs(resource);
  const number = textAt(attributes, "facility");
  const facility =
    textAt(attributes, "facility_text") ?? (number === undefined ? undefined : facilityName(Number(number)));
  return over(over(about.fields, own.fields), {
    ...(textAt(attributes, "appname") !== undefined && { category: "syslog" }),
    hostname: textAt(attributes, "hostname"),
    processid: textAt(attributes, "proc_id"),
    processname: program,
    source: facility,
    details: present({
      facility: facility ?? attributes.facility,
      program: program === undefined ? undefined : programName(program),
      attributes: nonEmpty(own.rest),
      resource: nonEmpty(about.rest),
    }),
  });
};

const nonEmpty = (record: JsonObject): JsonObject | undefined => (Object.keys(record).length > 0 ? record : undefined);

/** 0 is not known. */
const timeOf = (record: JsonObject): string | undefined =>
  ["timeUnixNano", "observedTimeUnixNano"]
    .map((name) => textAt(record, name))
    .find((text) => text !== undefined && text !== "0");

/** Four steps each; the text is what the source calls it. */
const severityOf = (record: JsonObject): string | undefined => {
  const text = textAt(record, "severityText");
  const number = Number(textAt(record, "severityNumber"));
  if (text !== undefined || !(number >= 1 && number <= 24)) return text;
  return ["DEBUG", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"][Math.floor((number - 1) / 4)];
};
