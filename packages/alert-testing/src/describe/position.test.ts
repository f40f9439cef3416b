import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { callerOf, positionOfCase } from "./position.ts";

const folder = mkdtempSync(join(tmpdir(), "position-"));
const file = join(folder, "example.test.ts");
writeFileSync(
  file,
  [
    'const other = "ten";',
    "describeAlert(A, {",
    '  fires: [{ name: "ten" }],',
    "  silent: [{ name: 'it\\'s nine' }],",
    "});",
  ].join("\n"),
);
afterAll(() => rmSync(folder, { recursive: true }));

describe("positions", () => {
  it("finds the case after the call", () => {
    expect(positionOfCase({ file, line: 2, column: 1 }, "ten")).toEqual({ file, line: 3, column: 19 });
  });

  it("finds names with quotes in them", () => {
    expect(positionOfCase({ file, line: 2, column: 1 }, "it's nine").line).toBe(4);
  });

  it("finds cases that are written before the call", () => {
    expect(positionOfCase({ file, line: 4, column: 1 }, "ten").line).toBe(1);
  });

  it("stays at the call when the name is made up, or the file cannot be read", () => {
    const call = { file, line: 2, column: 1 };
    expect(positionOfCase(call, "made up")).toEqual(call);
    expect(positionOfCase({ ...call, file: `${file}.gone` }, "ten")).toEqual({ ...call, file: `${file}.gone` });
  });

  it("names the file that called", () => {
    const callee = () => callerOf(callee);
    expect(callee()?.file).toMatch(/position\.test\.ts$/);
  });
});
