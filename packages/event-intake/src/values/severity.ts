/** Names of syslog's severities by their number. @see RFC 5424, 6.2.1, with the names that MozDef's pages know. */
const BY_NUMBER = ["EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG"] as const;

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ["EMERG", "EMERGENCY"],
  ["PANIC", "EMERGENCY"],
  ["FATAL", "CRITICAL"],
  ["CRIT", "CRITICAL"],
  ["ERR", "ERROR"],
  ["WARN", "WARNING"],
  ["INFORMATIONAL", "INFO"],
  ["INFORMATION", "INFO"],
  ["TRACE", "DEBUG"],
]);

/** The name of a severity of syslog: `3`, `"3"` and `"err"` are `ERROR`. Words that it does not know stay, in capitals. */
export const severityName = (value: unknown): string | undefined => {
  if (typeof value === "number") return BY_NUMBER[value];
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const text = value.trim();
  if (/^[0-7]$/.test(text)) return BY_NUMBER[Number(text)];
  const name = text.toUpperCase();
  return BY_NAME.get(name) ?? name;
};

const FACILITIES = [
  ...["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp"],
  ...["ntp", "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"],
];

/** The name of a facility of syslog by its number. */
export const facilityName = (value: number): string | undefined => FACILITIES[value];
