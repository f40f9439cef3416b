import { mozdef } from "@mozdef/query/mozdef";
import type { EventFields } from "../event/event.ts";
import { at, isObject, type JsonObject, textAt, textOf } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** Events that audisp-json has made of auditd's records, in MozDef's shape. @see MozDef `mq/plugins/auditdFixup.py` */
export const audispJson: Parser = {
  name: "audisp-json",
  recognise: ({ record }) =>
    record !== undefined && textAt(record, "processname") === "audisp-json" && isObject(at(record, "details")),
  parse: ({ record = {} }) => {
    const details = at(record, "details");
    const kept = isObject(details) ? detailsOf(details) : {};
    return {
      ...Object.fromEntries(Object.entries(record).filter(([name]) => Object.hasOwn(mozdef, name))),
      ...own(record),
      // A host that forwards records of another one says so.
      hostname: textAt(details, "dhost") ?? textAt(record, "hostname"),
      details: { ...foreign(record), ...kept },
    };
  },
};

const own = (record: JsonObject): EventFields => ({
  category: textAt(record, "category")?.toLowerCase(),
  // Older versions spell it so, and the alert asks for the word.
  summary: textAt(record, "summary")?.replace(/ set promiscous (on|off)$/, " set promiscuous $1"),
});

const foreign = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== "details" && !Object.hasOwn(mozdef, name)));

/** How audit writes that there is none, where a number is expected: the largest of 32 bits. */
const NOBODY = new Set(["4294967295", "-1"]);

const NUMBERS = new Set(["auid", "ses", "session", "originaluid"]);

const detailsOf = (details: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(details).filter(([name, value]) => {
      const text = textOf(value);
      return text !== "(null)" && !(NUMBERS.has(name) && text !== undefined && NOBODY.has(text));
    }),
  );
