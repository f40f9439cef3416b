import type { EventFields } from "../event/event.ts";
import { at, firstText, isObject, type JsonObject, present, textAt, without } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readAddress } from "../values/read-address.ts";

const PROVIDER = "Microsoft-Windows-Security-Auditing";

/** What two shippers say of one event, under one name each. */
interface Windows {
  /** The fields of the event itself. */
  readonly data: JsonObject;
  readonly time: unknown;
  readonly host: string | undefined;
  readonly id: string | undefined;
  readonly message: string | undefined;
  readonly pid: string | undefined;
  readonly isSuccess: boolean | undefined;
  readonly sender: string | undefined;
  /** What else the shipper says. */
  readonly rest: JsonObject;
}

/**
 * Events of Windows' Security log, as Winlogbeat and as nxlog send them: what they are about is in fields of the shippers' own.
 *
 * @see Microsoft "Appendix L: Events to Monitor"; Winlogbeat "winlog fields"; NXLog `im_msvistalog`
 */
export const windowsSecurity: Parser = {
  name: "windows-security",
  recognise: ({ record }) => record !== undefined && (isWinlogbeat(record) || isNxlog(record)),
  parse: ({ record = {} }) => eventOf(isNxlog(record) ? ofNxlog(record) : ofWinlogbeat(record)),
};

const isWinlogbeat = (record: JsonObject): boolean =>
  textAt(record, "winlog.provider_name") === PROVIDER && isObject(at(record, "winlog.event_data"));

const isNxlog = (record: JsonObject): boolean =>
  record.SourceName === PROVIDER && Object.hasOwn(record, "EventID") && Object.hasOwn(record, "SourceModuleType");

const ofWinlogbeat = (record: JsonObject): Windows => {
  const data = at(record, "winlog.event_data");
  return {
    data: isObject(data) ? data : {},
    time: at(record, "@timestamp"),
    host: firstText(record, "winlog.computer_name", "host.name", "host.hostname"),
    id: firstText(record, "event.code", "winlog.event_id"),
    message: textAt(record, "message"),
    pid: textAt(record, "winlog.process.pid"),
    isSuccess: successOf(firstText(record, "winlog.keywords", "event.outcome")),
    sender: undefined,
    rest: { winlog: withoutData(record.winlog), agent: record.agent, ecs: record.ecs, event: record.event },
  };
};

const withoutData = (winlog: unknown): unknown => (isObject(winlog) ? without(winlog, ["event_data"]) : winlog);

/** nxlog has its own names beside those of the event. */
const NXLOG = [
  ...["EventTime", "Hostname", "EventID", "Message", "Severity", "SeverityValue", "ProcessID", "ExecutionProcessID"],
  ...["MessageSourceAddress"],
];

const ofNxlog = (record: JsonObject): Windows => ({
  data: without(record, NXLOG),
  time: record.EventTime,
  host: textAt(record, "Hostname"),
  id: textAt(record, "EventID"),
  message: textAt(record, "Message"),
  pid: firstText(record, "ExecutionProcessID", "ProcessID"),
  isSuccess: successOf(textAt(record, "EventType")),
  sender: textAt(record, "MessageSourceAddress"),
  rest: {},
});

const successOf = (text: string | undefined): boolean | undefined => {
  if (text === undefined) return undefined;
  if (/success/i.test(text)) return true;
  return /failure/i.test(text) ? false : undefined;
};

/** Logons and what is asked of a domain controller for them: about who logs on, not about who records it. */
const LOGONS = new Set(["4624", "4625", "4648", "4768", "4769", "4771", "4776", "4777", "4778", "4779"]);

/** The same of those who leave, and of accounts that are locked. */
const ABOUT_TARGET = new Set([...LOGONS, "4634", "4647", "4740", "4767"]);

const eventOf = ({ data, time, host, id = "unknown", message, pid, isSuccess, sender, rest }: Windows): EventFields => {
  const text = (...names: readonly string[]): string | undefined => firstText(data, ...names);
  const [target, subject] = [text("TargetUserName"), text("SubjectUserName")];
  const address = text("IpAddress", "ClientAddress");
  return {
    category: LOGONS.has(id) ? "authentication" : "windows",
    severity: "INFO",
    utctimestamp: time,
    hostname: host,
    processname: PROVIDER,
    processid: pid,
    summary: message?.trimStart().split(/\r?\n/, 1)[0],
    details: present({
      ...Object.fromEntries(Object.entries(data).filter(([, value]) => value !== "-" && value !== null)),
      ...rest,
      message,
      eventid: id,
      eventsourceipaddress: sender,
      username: ABOUT_TARGET.has(id) ? (target ?? subject) : (subject ?? target),
      sourceipaddress: address === undefined ? undefined : (readAddress(address)?.address ?? address),
      sourceport: portOf(text("IpPort", "ClientPort")),
      success: isSuccess,
      processname: text("NewProcessName", "ProcessName"),
      command: text("CommandLine"),
      parentprocess: text("ParentProcessName"),
    }),
  };
};

/** `0` when there is none. */
const portOf = (text: string | undefined): string | undefined => (text === "0" ? undefined : text);
