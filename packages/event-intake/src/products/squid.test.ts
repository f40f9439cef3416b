import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (line: string) => readEvent(line, options);
const line = (rest: string, elapsed = "   1500"): string => `1777888800.250 ${elapsed} 192.0.2.91 ${rest}`;

describe("squid", () => {
  it("reads a line of the native form; the time is that of the request", () => {
    const { event, parsers } = read(
      line("TCP_MISS/200 4096 GET http://a.example/x.js erin HIER_DIRECT/203.0.113.7 text/js"),
    );
    expect(parsers).toEqual(["squid"]);
    expect(event).toMatchObject({
      category: "proxy",
      source: "access",
      utctimestamp: "2026-05-04T09:59:58.750Z",
      details: {
        duration: 1.5,
        sourceipaddress: "192.0.2.91",
        proxyaction: "TCP_MISS",
        status: "200",
        responsesize: 4_096,
        method: "GET",
        destination: "http://a.example/x.js",
        host: "a.example",
        destinationport: 80,
        proto: "http",
        username: "erin",
        hierarchy: "HIER_DIRECT",
        destinationipaddress: "203.0.113.7",
        mimetype: "text/js",
      },
    });
    expect(event.summary).toContain("TCP_MISS/200");
  });

  it.each([
    ["CONNECT", "b.example:6697", { proto: "ssl", host: "b.example", destinationport: 6_697 }],
    ["CONNECT", "[2001:db8::5]:443", { host: "2001:db8::5", destinationport: 443 }],
    ["GET", "http://[2001:db8::5]/x", { host: "2001:db8::5", destinationport: 80 }],
    ["GET", "https://c.example:8443?x=http://d.example:1/", { host: "c.example", destinationport: 8_443 }],
    ["GET", "https://c.example/", { host: "c.example", destinationport: 443 }],
    ["GET", "ftp://erin:p@t@d.example/f", { host: "d.example", destinationport: 21, proto: "ftp" }],
    ["GET", "whois://e.example/", { host: "e.example", destinationport: undefined }],
    ["GET", "error:invalid-request", { host: undefined, destinationport: undefined }],
  ])("takes host and port out of %s %s", (method, url, expected) => {
    const { details } = read(line(`TCP_DENIED/403 10 ${method} ${url} - HIER_NONE/- -`)).event;
    expect(details).toMatchObject({ method, destination: url });
    for (const [name, value] of Object.entries(expected)) expect(details[name]).toBe(value);
    expect(details.destinationipaddress).toBeUndefined();
    expect(details.username).toBeUndefined();
  });

  it("keeps the name of a server that is another proxy, and headers behind the line", () => {
    const { details } = read(
      line("TCP_MISS/200 1 GET http://a.example/ - FIRSTUP_PARENT/up.example - [A: b\\r\\n] [C: d]"),
    ).event;
    expect(details).toMatchObject({
      peer: "up.example",
      headers: "[A: b\\r\\n] [C: d]",
      destination: "http://a.example/",
    });
  });

  it("reads a client that is a name, behind a header of syslog", () => {
    const { event } = read(
      `May  4 10:00:01 px2 squid[7]: ${line("NONE/000 0 - - - HIER_NONE/- -").replace("192.0.2.91", "pc1")}`,
    );
    expect(event).toMatchObject({ category: "proxy", hostname: "px2", details: { source: "pc1", program: "squid" } });
    expect(event.details.sourceipaddress).toBeUndefined();
  });

  it("leaves other lines with numbers alone", () => {
    expect(read("1777888800.250 something else").parsers).toEqual([]);
    expect(read(line("TCP_MISS/200 4096 GET http://a.example/")).parsers).toEqual([]);
  });
});
