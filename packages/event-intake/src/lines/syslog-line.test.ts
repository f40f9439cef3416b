import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";
import { readSyslogLine } from "./syslog-line.ts";
import { growthOf, MOST_GROWTH } from "../../test/growth.ts";

const read = (line: string) => {
  const found = readSyslogLine(line);
  const { details, ...fields } = found?.fields ?? {};
  return { ...fields, program: details?.program, message: found?.message };
};

describe("a line of syslog", () => {
  it.each([
    [
      "<34>May  4 11:00:00 gate2 app[7]: hello",
      { severity: "CRITICAL", facility: "auth", hostname: "gate2", program: "app", processid: "7", message: "hello" },
    ],
    [
      "May  4 11:00:00 gate2 app: hello",
      { utctimestamp: "May  4 11:00:00", hostname: "gate2", program: "app", message: "hello" },
    ],
    ["May 4 11:00:00 gate2 app: hello", { hostname: "gate2", message: "hello" }],
    [
      "2026-05-04T11:00:00.5+02:00 gate2 app[7]: hello",
      { utctimestamp: "2026-05-04T11:00:00.5+02:00", hostname: "gate2", message: "hello" },
    ],
    ["<34>May  4 2026 11:00:00 gate2 app: hello", { utctimestamp: "May  4 2026 11:00:00", hostname: "gate2" }],
    ["<34>May  4 11:00:00 app[7]: hello", { program: "app", message: "hello" }],
    ["<34>app[7]: hello", { program: "app", processid: "7", message: "hello" }],
    ["<34>hello", { program: undefined, message: "hello" }],
    ["<34>May  4 11:00:00 gate2 sshd(pam_unix)[7]: hello", { processname: "sshd(pam_unix)", program: "sshd" }],
    ["<34>May  4 11:00:00 gate2 /usr/sbin/cron[7]: hello", { processname: "/usr/sbin/cron", program: "cron" }],
    ["<34>May  4 11:00:00 gate2 sshd-session[7]: hello", { processname: "sshd-session", program: "sshd" }],
    [
      "<34>May  4 11:00:00 gate2 last message repeated 3 times",
      { hostname: "gate2", message: "last message repeated 3 times" },
    ],
    ['<34>May  4 11:00:00 gate2 {"a":1}', { hostname: "gate2", message: '{"a":1}' }],
    [
      "<189>77: *May  4 11:00:00.250: %SYS-5-CONFIG_I: hello",
      { utctimestamp: "May  4 11:00:00.250", program: "%SYS-5-CONFIG_I", message: "hello" },
    ],
    [
      "<189>77: May  4 2026 11:00:00.250 UTC: %SYS-5-CONFIG_I: hello",
      { utctimestamp: "May  4 2026 11:00:00.250 UTC", program: "%SYS-5-CONFIG_I" },
    ],
    [
      "<166>May  4 2026 11:00:00 gate2 : %ASA-6-302013: hello",
      { hostname: "gate2", program: "%ASA-6-302013", message: "hello" },
    ],
    ["<166>%ASA-6-302013: hello", { program: "%ASA-6-302013", message: "hello" }],
    [
      "May  4 11:00:00 gate2 sshd[7]: [ID 800047 auth.info] hello",
      { facility: "auth", severity: "info", message: "hello" },
    ],
    [
      "May  4 11:00:00 gate2 auth|security:info sshd[7]: hello",
      { hostname: "gate2", program: "sshd", message: "hello" },
    ],
    [
      "May  4 11:00:00 relay1 Message forwarded from gate2: sshd[7]: hello",
      { hostname: "gate2", program: "sshd", message: "hello" },
    ],
    ["May  4 11:00:00 gate2 box: CEF:0|a|b", { hostname: "gate2", program: "box", message: "CEF:0|a|b" }],
    [
      "<34>1 2026-05-04T11:00:00.123456+02:00 gate2 app 7 ID7 - hello",
      {
        utctimestamp: "2026-05-04T11:00:00.123456+02:00",
        hostname: "gate2",
        program: "app",
        processid: "7",
        message: "hello",
      },
    ],
    ["<34>1 - - - - - - hello", { utctimestamp: undefined, hostname: undefined, program: undefined, message: "hello" }],
    ["<34>1 - - app - - - \uFEFFhello", { program: "app", message: "hello" }],
    ["<34>1 - gate2 sshd[77] - - - hello", { processname: "sshd", program: "sshd", processid: "77", message: "hello" }],
    ["<34>1 - gate2 sshd[77] 78 - - hello", { program: "sshd", processid: "78" }],
    ["<34>1 - gate2 [77] - - - hello", { program: "[77]", processid: undefined }],
    ["<34>1 - gate2 app - - -", { hostname: "gate2", message: "" }],
    ["<34>1 - gate2 app - - hello without data", { hostname: "gate2", message: "hello without data" }],
    ["\uFEFF<34>May  4 11:00:00 gate2 app: hello", { hostname: "gate2", message: "hello" }],
  ])("%s", (line, expected) => {
    expect(read(line)).toMatchObject(expected);
  });

  it("reads structured data with its escapes, and leaves what is not closed", () => {
    const found = readSyslogLine('<34>1 - gate2 app - - [a@1 x="q \\"r\\" \\] \\\\" y="2"][b@1] hello');
    expect(found?.message).toBe("hello");
    expect(found?.fields.details?.structureddata).toEqual({ "a@1": { x: 'q "r" ] \\', y: "2" }, "b@1": {} });
    expect(readSyslogLine('<34>1 - gate2 app - - [a@1 x="q hello')?.message).toBe('[a@1 x="q hello');
  });

  it.each([
    "hello",
    "",
    "<192>May  4 11:00:00 gate2 app: hello",
    "<a>hello",
    "2026-05-04 hello",
    '{"message":"x"}',
    "[Mon] x",
  ])("is not: %s", (line) => {
    expect(readSyslogLine(line)).toBeNull();
  });

  it("may say that JSON follows", () => {
    const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
    for (const tag of ["", "app[7]: "]) {
      const { event } = readEvent(`<34>May  4 11:00:00 gate2 ${tag}@cee: {"msg":"x","order":7}`, options);
      expect(event).toMatchObject({ hostname: "gate2", category: "syslog", details: { msg: "x", order: 7 } });
    }
  });

  it("takes no longer than its length", () => {
    for (const part of ["[a ", '[a b="', "a[1]:", "May  4 11:00:00 ", "a.b-"])
      for (const header of ["<34>", "<34>1 - - - - - ", "May  4 11:00:00 gate2 "])
        expect(growthOf((times) => readSyslogLine(header + part.repeat(times)))).toBeLessThan(MOST_GROWTH);
  });
});
