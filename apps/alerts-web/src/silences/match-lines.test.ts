import { expect, it } from "vitest";
import { formatMatch, parseMatch } from "./match-lines.ts";

it("reads what it writes", () => {
  const match = { name: "AlertX", ip: "192.0.2.*", severity: ["INFO", "NOTICE"], user: { not: "root" }, port: "22" };
  expect(formatMatch(match)).toBe(
    'name: AlertX\nip: 192.0.2.*\nseverity: ["INFO","NOTICE"]\nuser: {"not":"root"}\nport: 22',
  );
  expect(parseMatch(formatMatch(match))).toEqual(match);
  expect(parseMatch("  ip:192.0.2.7  \n\n")).toEqual({ ip: "192.0.2.7" });
});

it.each([
  ["", "at least one line"],
  ["192.0.2.7", "A field and what it has to be"],
  ["ip:", "A field and what it has to be"],
  ["ip: [1", "not JSON"],
])("refuses %j", (text, message) => expect(() => parseMatch(text)).toThrow(message));
