import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";
import { growthOf, MOST_GROWTH } from "../../test/growth.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (line: string) => readEvent(line, options).event;
const HEADER = "CEF:0|Vendor|Box|3.1|77|Login \\| failed|8|";

describe("CEF", () => {
  it("is read behind a header of syslog", () => {
    expect(
      read(
        `<134>May  4 11:00:00 gate2 ${HEADER}rt=1777888800250 src=203.0.113.45 spt=4242 dst=2001:db8::45 dpt=443 suser=dora act=deny outcome=failure`,
      ),
    ).toMatchObject({
      utctimestamp: "2026-05-04T10:00:00.250Z",
      hostname: "gate2",
      severity: "INFO",
      summary: "Login | failed",
      mozdef: { plugins: ["syslog", "cef"] },
      details: {
        devicevendor: "Vendor",
        deviceproduct: "Box",
        deviceversion: "3.1",
        deviceeventclassid: "77",
        severity: "8",
        sourceipaddress: "203.0.113.45",
        sourceport: "4242",
        destinationipaddress: "2001:db8::45",
        destinationport: "443",
        username: "dora",
        suser: "dora",
        action: "deny",
        success: false,
      },
    });
  });

  it.each([
    [`${HEADER}src=203.0.113.45`, undefined],
    [`<134>${HEADER}src=203.0.113.45`, undefined],
    [`<134>May  4 11:00:00 ${HEADER}src=203.0.113.45`, undefined],
    [`<134>1 2026-05-04T11:00:00Z gate2 box - - - ${HEADER}src=203.0.113.45`, "gate2"],
    [`<134>May  4 11:00:00 gate2 box[7]: ${HEADER}src=203.0.113.45`, "gate2"],
  ])("%s", (line, hostname) => {
    const event = read(line);
    expect(event).toMatchObject({ summary: "Login | failed", details: { sourceipaddress: "203.0.113.45" } });
    expect(event.hostname).toBe(hostname);
  });

  it("reads values with blanks, and signs behind a backslash", () => {
    const { details } = read(
      `${HEADER}msg=two words\\nand a line filePath=C:\\\\a\\=b request=http://a.example/?q=1&r=2 cs1Label=Rule cs1=in bound`,
    );
    expect(details).toMatchObject({
      msg: "two words\nand a line",
      filepath: "C:\\a=b",
      request: "http://a.example/?q=1&r=2",
      cs1label: "Rule",
      cs1: "in bound",
    });
  });

  it("has the time of the header when its own cannot be read", () => {
    expect(read(`<134>May  4 11:00:00 gate2 ${HEADER}rt=yesterday`)).toMatchObject({
      utctimestamp: "2026-05-04T11:00:00.000Z",
      details: { rt: "yesterday" },
    });
  });

  it("prefers the address of either version, and keeps a name", () => {
    expect(read(`${HEADER}c6a2=2001:db8::45`).details.sourceipaddress).toBe("2001:db8::45");
    const { details } = read(`${HEADER}src=a.example`);
    expect(details).toMatchObject({ src: "a.example" });
    expect(details).not.toHaveProperty("sourceipaddress");
  });

  it("keeps a line with too few parts", () => {
    expect(read("CEF:0|Vendor|Box")).toMatchObject({ summary: "CEF:0|Vendor|Box", mozdef: { plugins: [] } });
  });

  it("takes names of JavaScript's own for what they are", () => {
    const { details } = read(`${HEADER}__proto__=x constructor=y`);
    expect(Object.hasOwn(details, "__proto__")).toBe(true);
    expect(details.constructor).toBe("y");
  });

  it("takes no longer than its length", () => {
    for (const [begin, part] of [
      [HEADER, "a=\\"],
      [HEADER, "aa "],
      ["CEF:0", "\\|"],
    ] as const)
      expect(growthOf((times) => read(begin + part.repeat(times)))).toBeLessThan(MOST_GROWTH);
  });
});

describe("LEEF", () => {
  it("is read with tabs, and with a time in the form that it names", () => {
    expect(
      read(
        "<13>May  4 11:00:00 gate2 LEEF:1.0|Vendor|Box|3.1|LOGIN|devTime=May 04 2026 10:00:00 GMT+00:00\tsrc=203.0.113.45\tdstPort=25\tusrName=dora\tmsg=a=b c\tdvchost=gate3",
      ),
    ).toMatchObject({
      utctimestamp: "2026-05-04T10:00:00.000Z",
      hostname: "gate3",
      summary: "LOGIN",
      details: {
        devicevendor: "Vendor",
        sourceipaddress: "203.0.113.45",
        destinationport: "25",
        username: "dora",
        msg: "a=b c",
      },
    });
  });

  it.each([
    "LEEF:2.0|Vendor|Box|3.1|LOGIN|^|src=203.0.113.45^usrName=dora",
    "LEEF:2.0|Vendor|Box|3.1|LOGIN|x5E|src=203.0.113.45^usrName=dora",
    "LEEF:2.0|Vendor|Box|3.1|LOGIN|0x7c|src=203.0.113.45|usrName=dora",
    "LEEF:2.0|Vendor|Box|3.1|LOGIN|src=203.0.113.45\tusrName=dora",
    "LEEF:2.0|Vendor|Box|3.1|LOGIN||src=203.0.113.45\tusrName=dora",
  ])("%s", (line) => {
    expect(read(line).details).toMatchObject({ sourceipaddress: "203.0.113.45", username: "dora" });
  });

  it("has the time of the header when its own cannot be read", () => {
    expect(read("<13>May  4 11:00:00 gate2 LEEF:1.0|V|B|3|L|devTime=4.5.26\tsrc=203.0.113.45").utctimestamp).toBe(
      "2026-05-04T11:00:00.000Z",
    );
  });
});
