import { present } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readAddress } from "../values/read-address.ts";

/** `TIME ELAPSED CLIENT ACTION/STATUS SIZE METHOD URL USER HIERARCHY/SERVER TYPE`, some of them with blanks in front. */
const NATIVE =
  /^ *(\d{9,11}\.\d{3}) +(-?\d{1,12}) (\S+) ([A-Z_]+)\/(\d{3}) (\d{1,19}) (\S+) (\S+) (\S+) ([A-Z_]+)\/(\S+) (\S+)(?: (\[.*))?$/;

/** squid's `access.log` in its native form. @see squid.conf, logformat squid; MozDef `mq/plugins/squidFixup.py`, which has a form of its own */
export const squid: Parser = {
  name: "squid",
  recognise: ({ text }) => NATIVE.test(text.trimEnd()),
  parse: ({ text }) => {
    const found = NATIVE.exec(text.trimEnd());
    if (found === null) return null;
    const [
      ,
      end,
      elapsed,
      client,
      action,
      status,
      size,
      method = "",
      url = "",
      user,
      hierarchy,
      server = "",
      mime,
      headers,
    ] = found;
    const address = readAddress(server)?.address;
    return {
      category: "proxy",
      source: "access",
      type: "squid",
      eventsource: "squid",
      severity: "INFO",
      // Written at the end of the request.
      utctimestamp: Math.round(Number(end) * 1_000) - Number(elapsed),
      details: present({
        duration: Number(elapsed) / 1_000,
        sourceipaddress: client,
        proxyaction: action,
        status,
        responsesize: Number(size),
        method: said(method),
        destination: said(url),
        ...(method === "CONNECT" ? tunnelOf(url) : targetOf(url)),
        username: said(user),
        hierarchy,
        destinationipaddress: address,
        peer: address === undefined ? said(server) : undefined,
        mimetype: said(mime),
        headers,
      }),
    };
  },
};

const said = (text: string | undefined): string | undefined => (text === "-" ? undefined : text);

interface Target {
  readonly proto?: string | undefined;
  readonly host?: string | undefined;
  readonly destinationport?: number | undefined;
}

const PORTS = new Map([
  ["http", 80],
  ["https", 443],
  ["ftp", 21],
]);

/** `host:port` of CONNECT. */
const tunnelOf = (url: string): Target => ({ proto: "ssl", ...endOf(url) });

/** Host and port of a URL, those that its scheme means included. */
const targetOf = (url: string): Target => {
  const [, scheme, authority = ""] = /^([a-z][a-z\d+.-]{0,20}):\/\/([^/?#]*)/i.exec(url) ?? [];
  if (scheme === undefined) return {};
  const proto = scheme.toLowerCase();
  return { proto, destinationport: PORTS.get(proto), ...endOf(authority.slice(authority.lastIndexOf("@") + 1)) };
};

/** IPv6 addresses stand in brackets. */
const endOf = (authority: string): Target => {
  const found = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(authority);
  const host = found?.[1] ?? found?.[2];
  if (found === null || host === undefined || host === "") return {};
  return found[3] === undefined ? { host } : { host, destinationport: Number(found[3]) };
};
