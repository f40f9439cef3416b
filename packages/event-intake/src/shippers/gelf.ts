import { over } from "../event/finish-event.ts";
import { type JsonObject, textAt } from "../event/json.ts";
import type { Shipper } from "../event/parser.ts";
import { hasPriority, programName } from "../lines/syslog-line.ts";
import { readNames } from "./mozdef.ts";
import { restOf } from "./rest-of.ts";

const READ = [..."version host short_message timestamp level facility file".split(" ")];

/** Graylog's format; names of the sender's own begin with `_`. @see https://go2docs.graylog.org/current/getting_in_log_data/gelf.html */
export const gelf: Shipper = {
  name: "gelf",
  recognise: (record) => typeof record.short_message === "string" && Object.hasOwn(record, "host"),
  open: (record) => {
    const { text, fields } = readNames(freeNames(record));
    const program = textAt(fields.details, "program");
    const facility = textAt(record, "facility");
    const own = over(fields, {
      utctimestamp: record.timestamp,
      hostname: textAt(record, "host"),
      severity: textAt(record, "level"),
      eventsource: textAt(record, "file"),
      source: facility,
      facility,
      details: {
        ...restOf(record, [...READ, ...Object.keys(record).filter((name) => name.startsWith("_"))]),
        program: program === undefined ? undefined : programName(program),
        message: text,
      },
    });
    const user = textAt(own.details, "user");
    const message = messageOf(record);
    const isWholeLine = program === undefined && own.processname === undefined && hasPriority(message);
    return { text: message, isWholeLine, fields: over({ details: { username: user } }, own) };
  },
};

/** Where senders cut the short message, if nothing else is set. @see NXLog `xm_gelf`, ShortMessageLength */
const CUT = 64;

/** Of a short message that was cut the first line of the long one has all. */
const messageOf = (record: JsonObject): string | undefined => {
  const [short, full] = [textAt(record, "short_message"), textAt(record, "full_message")];
  const [line = ""] = full?.split(/\r?\n/, 1) ?? [];
  const isCut = short !== undefined && short.length >= CUT && line.length > short.length && line.startsWith(short);
  return isCut ? line : short;
};

const freeNames = (record: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (name.startsWith("_") ? [[name.slice(1), value]] : [])),
  );
