import { type JsonObject, textAt } from "../event/json.ts";
import type { Shipper } from "../event/parser.ts";
import { restOf } from "./rest-of.ts";

const READ = ["host", "user", "method", "path", "code", "size", "referer", "agent", "date", "time"];

/** The parsers `apache2` and `nginx` of Fluent Bit and Fluentd; `host` and `remote` are the client. @see Fluent Bit `conf/parsers.conf` */
export const fluentWeb: Shipper = {
  name: "fluent-web",
  recognise: (record) => ["method", "path", "code", "agent"].every((name) => Object.hasOwn(record, name)),
  open: (record) => ({
    fields: {
      category: "web",
      severity: "INFO",
      summary: summaryOf(record),
      utctimestamp: record.date ?? record.time,
      details: {
        ...restOf(record, Object.hasOwn(record, "remote") ? [...READ.slice(1), "remote"] : READ),
        sourceipaddress: textAt(record, "remote") ?? textAt(record, "host"),
        username: textAt(record, "user"),
        method: textAt(record, "method"),
        uri: textAt(record, "path"),
        status_code: numberAt(record, "code"),
        response_body_len: numberAt(record, "size"),
        referrer: textAt(record, "referer"),
        user_agent: textAt(record, "agent"),
      },
    },
  }),
};

const summaryOf = (record: JsonObject): string =>
  [
    textAt(record, "remote") ?? textAt(record, "host"),
    textAt(record, "method"),
    textAt(record, "path"),
    textAt(record, "code"),
  ]
    .filter((part) => part !== undefined)
    .join(" ");

const numberAt = (record: JsonObject, name: string): number | undefined => {
  const text = textAt(record, name);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};
