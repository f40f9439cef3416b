import { expect, it } from "vitest";
import { NORMALIZER_FILTERS } from "./normalizer.ts";

const filtered = (name: string, text: string): string | undefined => NORMALIZER_FILTERS.get(name)?.(text);

/** Each pair is what Lucene's filter of that name answered. */
it.each([
  ["asciifolding", "Éß Æﬁ", "Ess AEfi"],
  ["asciifolding", "①⑴“x”−ǆ", '1(1)"x"−dz'],
  ["asciifolding", "日本 Ω й", "日本 Ω й"],
  ["uppercase", "straße ŉ ǰ ı ᾳᾀ ﬁ", "STRAßE ŉ ǰ I ᾼᾈ ﬁ"],
  ["lowercase", "ÀΣİ", "àσi"],
  ["trim", " \t\u2028x y\u3000\u001c", "x y"],
  ["trim", "\u00a0x\u2007", "\u00a0x\u2007"],
  ["trim", " \n ", ""],
])("%s makes of %j what Lucene makes of it", (name, text, expected) => {
  expect(filtered(name, text)).toBe(expected);
});
