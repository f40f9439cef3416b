import { describe, expect, it } from "vitest";
import { standardTerms, standardTokens } from "./standard-tokenizer.ts";

const shown = (text: string): string[] => standardTokens(text).map((token) => `${token.text} ${token.type}`);

describe("standardTokens", () => {
  it.each([
    ["192.168.1.1", ["192.168.1.1 <NUM>"]],
    ["10.0.0.1:443", ["10.0.0.1 <NUM>", "443 <NUM>"]],
    ["host1.example.com", ["host1 <ALPHANUM>", "example.com <ALPHANUM>"]],
    ["LDAP_INVALID_CREDENTIALS", ["ldap_invalid_credentials <ALPHANUM>"]],
    ["Scan::Port_Scan", ["scan <ALPHANUM>", "port_scan <ALPHANUM>"]],
    ["replace:pwd", ["replace:pwd <ALPHANUM>"]],
    ["can't 3,4 a-b __", ["can't <ALPHANUM>", "3,4 <NUM>", "a <ALPHANUM>", "b <ALPHANUM>"]],
    ["日本ご", ["日 <IDEOGRAPHIC>", "本 <IDEOGRAPHIC>", "ご <HIRAGANA>"]],
    ["カタカナ 한국", ["カタカナ <KATAKANA>", "한국 <HANGUL>"]],
    ["ภาษาไทย", ["ภาษาไทย <SOUTHEAST_ASIAN>"]],
    ["👩‍👩‍👧 1️⃣ 🇩🇪", ["👩‍👩‍👧 <EMOJI>", "1️⃣ <EMOJI>", "🇩🇪 <EMOJI>"]],
    ['צה"ל', ['צה"ל <ALPHANUM>']],
    ["", []],
    [" - / @", []],
  ])("splits %j by the word rules", (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("gives offsets of the original text and counts positions", () => {
    expect(standardTokens("Ä 😀 b")).toEqual([
      { text: "ä", start: 0, end: 1, position: 0, type: "<ALPHANUM>" },
      { text: "😀", start: 2, end: 4, position: 1, type: "<EMOJI>" },
      { text: "b", start: 5, end: 6, position: 2, type: "<ALPHANUM>" },
    ]);
  });

  it("cuts long tokens at 255 units and keeps pairs whole", () => {
    expect(standardTokens("a".repeat(600)).map((token) => token.text.length)).toEqual([255, 255, 90]);
    expect(standardTokens("\u{10400}".repeat(130)).map((token) => token.text.length)).toEqual([254, 6]);
  });

  it("lower-cases each code point by itself", () => {
    expect(standardTerms("ΟΔΟΣ İX")).toEqual(["οδοσ", "ix"]);
  });

  it("reads a long run of joiners in linear time", () => {
    expect(standardTokens("\u200d".repeat(100_000))).toEqual([]);
  });
});

describe("standardTerms", () => {
  it.each(["Failed password for root from 10.0.0.1 port 22", "Ä-b c's ОДИН 東京 👍🏽 x_Y", "a.b,c;d:e'f"])(
    "gives the terms of the tokens of %j",
    (text) => {
      expect(standardTerms(text)).toEqual(standardTokens(text).map((token) => token.text));
    },
  );
});
