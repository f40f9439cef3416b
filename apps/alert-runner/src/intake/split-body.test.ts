import { describe, expect, it } from "vitest";
import { HttpError } from "../http/http-error.ts";
import { splitBody } from "./split-body.ts";
import { Turns } from "./turns.ts";

const split = async (text: string, most = 100) => {
  const body = Buffer.from(text);
  const pieces = await splitBody(body, { most, turns: new Turns() });
  return pieces.map(({ line, start, end }) => [line, body.toString("utf8", start, end)]);
};

describe("splitBody", () => {
  it("takes one object, on any number of lines", async () => {
    expect(await split('{\n "a": 1\n}\n')).toEqual([[1, '{\n "a": 1\n}']]);
  });

  it.each([
    ['[{"a":1},2]', [[1, '{"a":1}'], [2, "2"]]], // prettier-ignore
    [' [ "a,]\\"" , [1,[2]] ,\n{"b":"]"} ] \n', [[1, '"a,]\\""'], [2, "[1,[2]]"], [3, '{"b":"]"}']]], // prettier-ignore
    ["[]", []],
    ['[{"a":}, {"b":1}]', [[1, '{"a":}'], [2, '{"b":1}']]], // prettier-ignore
  ])("takes the list %s as its elements", async (text, pieces) => {
    expect(await split(text)).toEqual(pieces);
  });

  it("takes one value a line and keeps the numbers of the lines", async () => {
    expect(await split('\n{"a":1}\r\n\n{"a":2}\n')).toEqual([
      [2, '{"a":1}\r'],
      [4, '{"a":2}'],
    ]);
  });

  it("takes a list that never ends, or goes on after its end, as lines", async () => {
    expect(await split('[{"a":1},')).toEqual([[1, '[{"a":1},']]);
    expect(await split("[1]\n[2]")).toEqual([
      [1, "[1]"],
      [2, "[2]"],
    ]);
    expect(await split('["a')).toEqual([[1, '["a']]);
  });

  it("keeps a broken line to itself", async () => {
    expect(await split('{"a":1}\n{"a":"\n{"a":3}')).toEqual([
      [1, '{"a":1}'],
      [2, '{"a":"'],
      [3, '{"a":3}'],
    ]);
  });

  it("ignores a byte order mark", async () => {
    expect(await split('\uFEFF{"a":1}')).toEqual([[1, '{"a":1}']]);
    expect(await split('\uFEFF{"a":1}\n{"a":2}')).toHaveLength(2);
  });

  it.each(["", " \n\t ", "\uFEFF"])("refuses the empty body %j", async (text) => {
    await expect(split(text)).rejects.toThrow(
      new HttpError("BODY_EMPTY", "The body is empty. Expected: one JSON object, a list of them, or one a line."),
    );
  });

  it.each(["[1,2,3,4]", "1\n2\n3\n4"])("stops at the limit: %j", async (text) => {
    expect(await split(text, 4)).toHaveLength(4);
    await expect(split(text, 3)).rejects.toThrow(expect.objectContaining({ code: "EVENTS_TOO_MANY" }));
  });

  it("finds the elements that a parser finds", async () => {
    const parts = ["{", "}", "[", "]", ",", ":", '"', "\\", "1", "null", "ü", " ", "\n", '"a"'];
    let seed = 7;
    const pick = () => parts[(seed = (seed * 48_271) % 2_147_483_647) % parts.length] ?? "";
    for (let round = 0; round < 20_000; round += 1) {
      const text = `[${Array.from({ length: round % 12 }, pick).join("")}]`;
      const elements = parsed(text);
      if (!Array.isArray(elements)) continue;
      expect((await split(text)).map(([, piece]) => parsed(String(piece)))).toEqual(elements);
    }
  });
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
