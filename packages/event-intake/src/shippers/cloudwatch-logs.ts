import { isObject, type JsonObject, textAt, without } from "../event/json.ts";
import type { Opened, Shipper } from "../event/parser.ts";

/**
 * What a subscription of CloudWatch Logs sends, unpacked: each message is an event, of CloudTrail, or of whatever else the log group
 * has. Control messages only ask whether somebody is there.
 *
 * @see AWS "Log group-level subscription filters"
 */
export const cloudwatchLogs: Shipper = {
  name: "cloudwatch-logs",
  recognise: ({ messageType, logGroup, logEvents }) =>
    (messageType === "DATA_MESSAGE" || messageType === "CONTROL_MESSAGE") &&
    typeof logGroup === "string" &&
    Array.isArray(logEvents),
  open: (record) => {
    const { messageType, logEvents } = record;
    if (messageType === "CONTROL_MESSAGE" || !Array.isArray(logEvents)) return [];
    return logEvents.map((entry: unknown) => openEntry(entry, record));
  },
};

const openEntry = (entry: unknown, record: JsonObject): Opened => {
  const around = {
    loggroup: textAt(record, "logGroup"),
    logstream: textAt(record, "logStream"),
    logowner: textAt(record, "owner"),
  };
  // Nothing is lost, not even what should not be in such a payload.
  if (!isObject(entry) || typeof entry.message !== "string") return { record: { entry }, fields: { details: around } };
  const { message, timestamp, id } = entry;
  const rest = without(entry, ["message", "timestamp", "id"]);
  return {
    text: message,
    isWholeLine: true,
    fields: { utctimestamp: timestamp, details: { ...rest, ...around, logeventid: id } },
  };
};
