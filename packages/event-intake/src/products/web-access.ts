import { present } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** The time in brackets, with the request behind it: all that is the same in every form. Quotes in names are escaped. */
const TIME = / \[(\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] (?=")/;

/** Client, identity and user; some write the virtual host in front. Users may have blanks in them. */
const CLIENT = /^(\S+) (\S+) (.+)$/;
const HOST_AND_CLIENT = /^(\S+):(\d{1,5}) ([\da-fA-F.:]+|[a-zA-Z\d][\w.-]+) (\S+) (.+)$/;

const QUOTED = /"([^"\\]*(?:\\.[^"\\]*)*)"/y;

const STATUS = / (\d{3}|-) (\d{1,19}|-)/y;

const REQUEST = /^([A-Z]{1,20}) (.*) (HTTP\/[\d.]{1,5})$/;

/** Most there is to a line before the time. */
const MOST_BEFORE = 2_048;

/** Access logs of Apache and nginx in the common and the combined form. @see Apache `mod_log_config`, nginx `ngx_http_log_module` */
export const webAccess: Parser = {
  name: "web-access",
  recognise: ({ text, record }) => record === undefined && TIME.test(text.slice(0, MOST_BEFORE)),
  parse: ({ text }) => {
    const line = text.trim();
    const time = TIME.exec(line.slice(0, MOST_BEFORE));
    const client = time === null ? undefined : clientOf(line.slice(0, time.index));
    if (time === null || client === undefined) return null;
    const request = partsOf(line, time.index + time[0].length);
    if (request === undefined) return null;
    return {
      category: "web",
      severity: "INFO",
      utctimestamp: time[1],
      details: present({ ...client, ...request }),
    };
  },
};

const clientOf = (text: string): Readonly<Record<string, unknown>> | undefined => {
  const [, host, port, address, , user] = HOST_AND_CLIENT.exec(text) ?? [];
  if (address !== undefined) return { host, destinationport: port, sourceipaddress: address, username: said(user) };
  const [, client, , name] = CLIENT.exec(text) ?? [];
  return client === undefined ? undefined : { sourceipaddress: said(client), username: said(name) };
};

const said = (text: string | undefined): string | undefined => (text === "-" || text === '""' ? undefined : text);

const partsOf = (line: string, from: number): Readonly<Record<string, unknown>> | undefined => {
  const request = sticky(QUOTED, line, from);
  const status = request === undefined ? undefined : sticky(STATUS, line, request.end);
  if (request === undefined || status === undefined) return undefined;
  const referrer = sticky(QUOTED, line, status.end + 1);
  const agent = referrer === undefined ? undefined : sticky(QUOTED, line, referrer.end + 1);
  const rest = line.slice((agent ?? referrer ?? status).end).trim();
  const [, code = "-", size = "-"] = status.found;
  return {
    ...requestOf(unescaped(request.found[1])),
    status_code: code === "-" ? undefined : Number(code),
    response_body_len: size === "-" ? undefined : Number(size),
    referrer: unescaped(referrer?.found[1]),
    user_agent: unescaped(agent?.found[1]),
    rest: rest === "" ? undefined : rest,
  };
};

const sticky = (pattern: RegExp, text: string, from: number) => {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found === null ? undefined : { found, end: pattern.lastIndex };
};

/** What is not HTTP, such as the first bytes of TLS, is kept as it is. */
const requestOf = (request: string | undefined): Readonly<Record<string, unknown>> => {
  if (request === undefined) return {};
  const [, method, uri, version] = REQUEST.exec(request) ?? [];
  return method === undefined ? { request } : { method, uri, version };
};

/** Other escapes stay: they are bytes, of which nobody says in what encoding they are. */
const unescaped = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : said(text.replaceAll(/\\(["\\])/g, "$1"));
