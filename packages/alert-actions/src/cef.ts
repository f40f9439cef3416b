import type { AlertMessage } from "@mozdef/alert/runtime";
import { eventCount, fit, hostOf, plain } from "./alert-text.ts";
import type { MessageText, Told } from "./message-text.ts";

/** From 0 to 10. */
const SEVERITIES: ReadonlyMap<string, number> = new Map([
  ["CRITICAL", 10],
  ["ERROR", 8],
  ["WARNING", 6],
  ["NOTICE", 4],
  ["INFO", 2],
]);

const LOWEST = 1;

/** In characters. */
const LONGEST = { id: 100, title: 512, value: 1_000 };

/**
 * An alert in the Common Event Format, in at most so many bytes: what has no room at its end is left out, and what is cut ends in `…`.
 *
 * @param mostBytes - At least 500, which the header may need.
 * @see https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors-8.4/cef-implementation-standard/
 */
export const cef = (message: AlertMessage, text: MessageText, told: Told, mostBytes: number): string => {
  const severity = SEVERITIES.get(text.severity === "" ? message._source.severity : text.severity) ?? LOWEST;
  const name = fit(plain(message._source.classname), LONGEST.id, escapeHeader);
  const before = `CEF:0|MozDef|MozDef|1|${name}|`;
  const after = `|${severity}|`;
  // A unit of UTF-16 has at most three bytes.
  const room = Math.floor((mostBytes - Buffer.byteLength(before) - after.length) / 3);
  const start = before + fit(text.title, Math.min(LONGEST.title, room), escapeHeader) + after;
  let whole = start;
  for (const [key, value] of extensionOf(message, text, told)) {
    const next = `${whole === start ? "" : " "}${key}=${fit(plain(value), LONGEST.value, escapeValue)}`;
    if (Buffer.byteLength(whole) + Buffer.byteLength(next) > mostBytes) break;
    whole += next;
  }
  return whole;
};

const escapeHeader = (text: string): string => text.replaceAll(/[\\|]/g, String.raw`\$&`);

/** Without ends of lines: texts are on one. */
const escapeValue = (text: string): string => text.replaceAll(/[\\=]/g, String.raw`\$&`);

const extensionOf = (
  message: AlertMessage,
  text: MessageText,
  { event, by, alerts }: Told,
): readonly (readonly [key: string, value: string])[] => {
  const { _id, _source: alert } = message;
  const time = Date.parse(alert.utctimestamp);
  const host = hostOf(message);
  return [
    ["externalId", _id],
    ...(Number.isNaN(time) ? [] : [["rt", String(time)] as const]),
    ["act", event],
    ["cat", alert.category],
    ["cnt", String(eventCount(message))],
    ["msg", text.summary],
    ...(host === undefined ? [] : [["dhost", host] as const]),
    ...custom(1, "tags", alert.tags.slice(0, LONGEST.value).join(",")),
    ...(by === null ? [] : custom(2, "by", by)),
    ...(text.link === undefined ? [] : custom(3, "link", text.link)),
    ...(alerts.length > 1 ? custom(4, "alerts", String(alerts.length)) : []),
  ];
};

const custom = (n: number, label: string, value: string) =>
  [
    [`cs${n}Label`, label],
    [`cs${n}`, value],
  ] as const;
