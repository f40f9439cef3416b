import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";
import { growthOf, MOST_GROWTH } from "../../test/growth.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (line: string) => readEvent(line, options);
const TIME = "[04/May/2026:12:00:01 +0200]";

describe("web-access", () => {
  it("reads the combined form", () => {
    const line = `203.0.113.40 - erin ${TIME} "PATCH /a?b=c HTTP/2.0" 204 12 "https://x.example/" "Own/1.0 (a)"`;
    const { event, parsers } = read(line);
    expect(parsers).toEqual(["web-access"]);
    expect(event).toMatchObject({ category: "web", summary: line, utctimestamp: "2026-05-04T10:00:01.000Z" });
    expect(event.details).toEqual({
      sourceipaddress: "203.0.113.40",
      sourceipv4address: "203.0.113.40",
      username: "erin",
      method: "PATCH",
      uri: "/a?b=c",
      version: "HTTP/2.0",
      status_code: 204,
      response_body_len: 12,
      referrer: "https://x.example/",
      user_agent: "Own/1.0 (a)",
    });
  });

  it("reads the common form", () => {
    const { details } = read(`2001:db8:5::1 - - ${TIME} "GET / HTTP/1.1" 200 -`).event;
    expect(details).toMatchObject({ sourceipaddress: "2001:db8:5::1", method: "GET", status_code: 200 });
    for (const name of ["username", "referrer", "user_agent", "response_body_len"])
      expect(details[name]).toBeUndefined();
  });

  it("reads a virtual host in front, and keeps what others write behind", () => {
    const { details } = read(
      `w.example:443 203.0.113.40 - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "-" "198.51.100.9" 0.003`,
    ).event;
    expect(details).toMatchObject({ host: "w.example", destinationport: "443", sourceipaddress: "203.0.113.40" });
    expect(details.rest).toBe('"198.51.100.9" 0.003');
  });

  it("takes users with blanks, and does not take a user for the time", () => {
    const named = (user: string) => read(`203.0.113.40 - ${user} ${TIME} "GET / HTTP/1.1" 401 5 "-" "-"`).event;
    expect(named("erin m").details.username).toBe("erin m");
    const forged = '[01/Jan/2001:00:00:00 +0000] \\"GET / HTTP/1.1\\" 200';
    expect(named(forged)).toMatchObject({ utctimestamp: "2026-05-04T10:00:01.000Z", details: { status_code: 401 } });
  });

  it("reads quotes in texts, requests that are none, and clients that are names", () => {
    const bytes = read(`pc.example - - ${TIME} "\\x16\\x03" 400 0 "-" "a \\"b\\" \\\\ c"`).event.details;
    expect(bytes).toMatchObject({ source: "pc.example", request: "\\x16\\x03", user_agent: 'a "b" \\ c' });
    const none = read(`203.0.113.40 - - ${TIME} "-" 408 - "-" "-"`).event.details;
    expect(none).toMatchObject({ status_code: 408 });
    expect(none.request).toBeUndefined();
  });

  it("leaves other lines with a time in brackets alone", () => {
    for (const line of [
      `a ${TIME} "x"`,
      `a - - ${TIME} "no end`,
      `a - - ${TIME} "x" y 1`,
      `{"a":"b - - ${TIME} \\"x\\" 200 1"}`,
    ])
      expect(read(line).parsers).not.toContain("web-access");
  });

  it("takes no longer for a line that is made to take long", () => {
    for (const [begin, part] of [
      ["", "a:1"],
      ["a - ", "[04/May/2026:12:00:01 +0200]"],
      [`a - - ${TIME} "`, '\\"'],
    ] as const)
      expect(growthOf((times) => read(begin + part.repeat(times / 4)))).toBeLessThan(MOST_GROWTH);
  });
});
