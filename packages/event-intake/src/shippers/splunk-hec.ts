import { isObject, type JsonObject, textAt, textOf, without } from "../event/json.ts";
import type { Opened, Shipper } from "../event/parser.ts";
import { restOf } from "./rest-of.ts";

const NAMES = new Set(["time", "host", "source", "sourcetype", "index", "event", "fields"]);

/** An event of Splunk's HTTP Event Collector. @see https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector */
export const splunkHec: Shipper = {
  name: "splunk-hec",
  recognise: (record) => Object.hasOwn(record, "event") && Object.keys(record).every((name) => NAMES.has(name)),
  open: (record) => ({
    ...eventOf(record.event),
    fields: {
      utctimestamp: record.time,
      hostname: textAt(record, "host"),
      eventsource: textAt(record, "source"),
      details: {
        ...restOf(without(record, ["event", "fields", "time"]), [...NAMES]),
        ...(isObject(record.fields) ? record.fields : { fields: record.fields }),
        sourcetype: record.sourcetype,
        index: record.index,
        ...besideRaw(record.event),
      },
    },
  }),
};

/** A line, a record, or a record that holds the line as Splunk stores it. */
const eventOf = (event: unknown): Pick<Opened, "text" | "isWholeLine" | "record"> => {
  if (!isObject(event)) return { text: textOf(event) ?? JSON.stringify(event), isWholeLine: true };
  const raw = textAt(event, "_raw");
  return raw === undefined ? { record: event } : { text: raw, isWholeLine: true };
};

const besideRaw = (event: unknown): JsonObject =>
  isObject(event) && textAt(event, "_raw") !== undefined ? without(event, ["_raw"]) : {};
