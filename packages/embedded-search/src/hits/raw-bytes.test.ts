import { expect, test } from "vitest";
import { rawBytes } from "./raw-bytes.ts";

const shown = (...bytes: readonly number[]): string => JSON.stringify(rawBytes(String.fromCharCode(...bytes)));

test("bytes are taken for UTF-8 without a check", () => {
  expect(shown(0, 1, 0x40, 0xb8)).toBe(String.raw`"\u0000\u0001@¸"`);
  expect(shown(0xff, 0xff, 0xc0, 0xa8, 1, 1)).toBe(String.raw`"\udfbc\udc28\u0001\u0001"`);
  expect(shown(0xe3, 0x80, 0x80)).toBe(`"\u3000"`);
});

test("beyond the end there are zeros", () => {
  expect(shown(0xc1)).toBe(`"@"`);
  expect(shown(0xff, 0xff, 0xff, 0xff)).toBe(String.raw`"\udfbf\udfff"`);
  expect(shown(0xe1)).toBe(`"\u1000"`);
});
