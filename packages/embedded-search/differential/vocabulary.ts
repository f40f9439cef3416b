import fc from "fast-check";

/** Few enough words that documents and queries often share them; odd enough that every rule of analysis and order is met. */
export const WORDS: readonly string[] = [
  "alpha",
  "Beta",
  "login",
  "Failed",
  "root",
  "user1",
  "web-01",
  "a.b",
  "x_y",
  "test.exe",
  "foo/bar",
  "and",
  "OR",
  "é",
  "É",
  "日本",
  "カナ",
  "😀",
  "\ufb01",
  "\ue000",
  "10.0.0.1",
  "2020-01-15",
  "1",
  "22",
  "-5",
  "true",
  "can't",
  "Straße",
];

export const keywords: readonly string[] = [
  ...WORDS,
  "",
  "a b",
  "a*b",
  "a?b",
  "a\\b",
  "a:b",
  "[a",
  "LOGIN",
  "log",
  "\u{10400}",
  "zz top",
];

/** A number as it is written, which JavaScript would write in another way. */
const written = (text: string): unknown => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);

/** Equal to others as numbers, not as texts, and numbers that a double does not hold. */
const WRITTEN: readonly unknown[] = ["1e3", "1.0", "-0", "1E2", "22.00", "9007199254740993", "1.5e-1"].map(written);

export const INTEGERS: readonly unknown[] = [
  ...WRITTEN,
  0,
  1,
  2,
  5,
  22,
  -5,
  127,
  128,
  40000,
  "5",
  "22",
  1e9,
  -1e9,
  "9007199254740993",
  5.7,
  "5.7",
];

/** At the ends of what whole numbers can be. */
export const LARGE: readonly unknown[] = [
  ...["9007199254740993.0", "9223372036854775808.0", "3.4e+38", "9.007199254740993e15"].map(written),
  "9007199254740993.5",
  "9.007199254740993e15",
];

export const DECIMALS: readonly unknown[] = [...WRITTEN, 0, 0.5, 1.5, -0.5, 22, "1.5", 1e10, 3.4e38, 1e-3, 0.1, -2.25];

export const DATES: readonly (number | string)[] = [
  "2020-01-15",
  "2020-01-15T10:00:00Z",
  "2020-01-15T10:00:00.123Z",
  "2020-01-15T10:00:00.123456Z",
  "2020-01-15T12:00:00+02:00",
  "2020-01-15T10:00",
  "2020-01-31T23:59:59.999",
  "2020-02-29",
  "2020",
  "2020-03",
  "2019-12-31T23:00:00-05:00",
  "2021-06-01T00:00:00Z",
  "2020-01-15T10:00:00.1",
  "2018-03-24T22:00:00Z",
  "2018-11-04T03:30:00Z",
  "2020-10-25T01:30:00Z",
  "2020-03-29T00:30:00Z",
  "2020-03-29T01:30:00Z",
  "2020-11-01T05:30:00Z",
  "2020-11-01T06:30:00Z",
  "2018-02-18T02:30:00Z",
  0,
  1579082400000,
  "1579082400000",
  -1,
];

export const NANOS: readonly (number | string)[] = [
  "2020-01-15T10:00:00.123456789Z",
  "2020-01-15T10:00:00.123456788Z",
  "2020-01-15T10:00:00.123456Z",
  "2020-01-15T10:00:00.123Z",
  "2020-01-15T12:00:00.000000001+02:00",
  "2020-01-15",
  "2020-01-31T23:59:59.999999999Z",
  "1970-01-01",
  "1970-01-01T00:00:00.000000001Z",
  "2262-04-11T23:47:16.854775807Z",
  0,
  1579082400123,
  "1579082400123.000001",
];

export const ADDRESSES: readonly string[] = [
  "10.0.0.1",
  "10.0.0.2",
  "10.0.1.1",
  "192.168.1.1",
  "255.255.255.255",
  "0.0.0.0",
  "::1",
  "::ffff:10.0.0.1",
  "2001:db8::1",
  "2001:DB8:0:0:0:0:0:2",
  "fe80::1",
];

export const NETWORKS: readonly string[] = [
  "10.0.0.0/8",
  "10.0.0.0/24",
  "192.168.1.1/32",
  "2001:db8::/32",
  "::/0",
  "0.0.0.0/0",
];

export const BOOLEANS: readonly (boolean | string)[] = [true, false, "true", "false", ""];

export const POINTS: readonly unknown[] = ["1,2", { lat: 1, lon: 2 }, [2, 1]];

/** Some words with something between them. */
export const sentence: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(" ", " ", " ", ", ", "-", "/", ": ", ".")), {
    maxLength: 7,
  })
  .map((pairs) => pairs.map(([word, separator]) => word + separator).join(""));

/** Wrong for most types. */
export const STRANGE: readonly unknown[] = ["abc", "", "yes", "300.1.1.1", "::g"];
