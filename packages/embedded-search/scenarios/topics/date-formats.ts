import { documents, type JsonValue, lines, mapped, post, refusal, scenario, search, topic } from "../scenario.ts";

/** Formats that Elasticsearch has a name for; most have a `strict_` form, too. */
const NAMES = [
  ..."basic_date basic_date_time basic_date_time_no_millis basic_ordinal_date basic_ordinal_date_time".split(" "),
  ..."basic_ordinal_date_time_no_millis basic_time basic_time_no_millis basic_t_time basic_t_time_no_millis".split(" "),
  ..."epoch_millis epoch_second iso8601 strict_date_optional_time_nanos".split(" "),
];
const PAIRS =
  "basic_week_date basic_week_date_time basic_week_date_time_no_millis date date_hour date_hour_minute date_hour_minute_second date_hour_minute_second_fraction date_hour_minute_second_millis date_optional_time date_time date_time_no_millis hour hour_minute hour_minute_second hour_minute_second_fraction hour_minute_second_millis ordinal_date ordinal_date_time ordinal_date_time_no_millis t_time t_time_no_millis time time_no_millis week_date week_date_time week_date_time_no_millis weekyear weekyear_week weekyear_week_day year year_month year_month_day".split(
    " ",
  );

const PATTERNS = [
  "yyyy-MM-dd'T'HH:mm:ss.SSSZZZZZ",
  "dd/MMM/yyyy:HH:mm:ss Z",
  "MMM d HH:mm:ss",
  "EEE, dd MMM yyyy HH:mm:ss Z",
  "EEEE, MMMM d, yyyy",
  "yyyy-MM-dd hh:mm:ss a",
  "yy-M-d",
  "yyyy-DDD",
  "yyyyMMddHHmmssSSS",
  "YYYY-'W'ww-e",
  "yyyy-MM-dd kk:mm",
  "QQQ yyyy",
  "yyyy G",
  "yyyy-MM-dd HH:mm:ss VV",
  "yyyy-MM-dd HH:mm xxx",
  "yyyy-MM-dd['T'HH:mm:ss][X]",
  "yyyy''MM",
  "yyyy-MM-dd A",
  "yyyy-MM-dd O",
  "uuuu",
  "yyyy",
];

const TEXTS = [
  ..."2016 2016-08 2016-8 2016-08-12 2016-8-2 2016-08-12T21 2016-08-12T21:07 2016-08-12T21:07:12 2016-08-12T".split(
    " ",
  ),
  ..."2016-08-12T21:07:12.3 2016-08-12T21:07:12.316789123 2016-08-12T21:07:12,31 2016-08-12T21:07:12.316Z".split(" "),
  ..."2016-08-12T21:07:12Z 2016-08-12T21:07Z 2016-08-12T21:07:12+01:00 2016-08-12T21:07:12+0100 2016-8-2T1:2:3".split(
    " ",
  ),
  ..."2016-08-12T21:07:12-05:30:15 2016-08-12T21:07:12Europe/Berlin 2016-8-2T1:2:3.5Z 2016-8-2T1:2Z 2016-8-2T1".split(
    " ",
  ),
  ..."2016-02-30 2016-13-01 0000-01-01 -0001-01-01 +12016-01-01 5 1471036032 1471036032316".split(" "),
  ..."1471036032.3 -1.5 -1 20160812 20160812T210712Z 20160812T210712.316Z 2016225 2016225T210712Z 2016-225".split(" "),
  ..."2016-366 2015-366 2016-5T1:2:3.5Z 2016W325 2016W5 2016W325T210712.316Z 2016-W32 2016-W5 2016-W32-5".split(" "),
  ..."2016-W53-5 2015-W53-5 2016-W32-5T21:07:12.316Z 2016-W32-5T1:2:3Z 21 24 21:07 1:2 21:07:12 1:2:3.3 24:00".split(
    " ",
  ),
  ..."21:07:12.316Z 21:07:12+0100 1:2:3Z T21:07:12.316Z T1:2:3Z T210712.316Z 210712Z 201608 16-8-12 2016'08".split(" "),
  ..."20160812210712316 2016-08-12T24:00:00".split(" "),
  "12/Aug/2016:21:07:12 +0200",
  "Aug 2 21:07:12",
  "Fri, 12 Aug 2016 21:07:12 +0000",
  "Thu, 12 Aug 2016 21:07:12 +0000",
  "Friday, August 12, 2016",
  "2016-08-12 09:07:12 AM",
  "2016-08-12 12:07:12 PM",
  "2016-08-12 13:07:12 AM",
  "2016-08-12 24:07",
  "Q3 2016",
  "2016 AD",
  "2016 BC",
  "2016-08-12 21:07:12 Europe/Berlin",
  "2016-08-12 21:07 +01:00",
  "2016-08-12 76032316",
  "2016-08-12 GMT+1",
];

const all = [...NAMES, ...PAIRS, ...PAIRS.map((name) => `strict_${name}`), ...PATTERNS];

const ofEach = (item: (format: string, name: string) => JsonValue): Record<string, JsonValue> =>
  Object.fromEntries(all.map((format, i) => [`f${i}`, item(format, `f${i}`)]));

/** Years that the embedded store does not keep: it ends where a double no longer holds single milliseconds. */
const LONG_YEARS = new Set(["date", "date_optional_time", "year", "weekyear", "epoch_millis", "epoch_second"]);
const isTooFar = (format: string, text: string): boolean => /^\d{7,}$/.test(text) && LONG_YEARS.has(format);

const readBy = (text: string): JsonValue =>
  Object.fromEntries(all.flatMap((format, i) => (isTooFar(format, text) ? [] : [[`f${i}`, text]])));

/** Every format reads every text: the buckets say which it could read, as what, and how it prints that. */
const everything = scenario(
  "every named format and many patterns read and print the same",
  ["date formats: all that have names, and Java patterns with almost all letters"],
  mapped(
    "scn-a",
    ofEach((format) => ({ type: "date", format, ignore_malformed: true })),
  ),
  documents("scn-a", ...TEXTS.map(readBy)),
  ...[0, 30, 60, 90].map((start) =>
    post("/scn-a/_search", {
      size: 0,
      track_total_hits: false,
      aggs: Object.fromEntries(
        all
          .slice(start, start + 30)
          .map((_, i) => [`f${start + i}`, { terms: { field: `f${start + i}`, size: 100, order: { _key: "asc" } } }]),
      ),
    }),
  ),
);

const INSTANTS = [
  ...[0, -1, 1_471_036_032_316, 1_471_036_032_300, 1_604_208_600_000, 951_782_400_000, 1_609_372_800_000],
  ...[-62_135_596_800_001, -93_724_128_000_000],
];
const printed = [
  "iso8601",
  "epoch_second",
  "date_time_no_millis",
  "basic_week_date_time",
  "week_date",
  "ordinal_date",
  ...PATTERNS,
];

const printing = scenario(
  "keys are printed in the clocks of the zone, also years before the first and after the last of four digits",
  ["format and time_zone of date_histogram"],
  mapped("scn-a", { d: { type: "date", format: "epoch_millis" } }),
  documents("scn-a", ...INSTANTS.map((d) => ({ d }))),
  ...["Z", "+01:30", "America/New_York", "UTC"].map((time_zone) =>
    post("/scn-a/_search", {
      size: 0,
      aggs: Object.fromEntries(
        printed.map((format, i) => [
          `f${i}`,
          { date_histogram: { field: "d", fixed_interval: "1ms", min_doc_count: 1, format, time_zone } },
        ]),
      ),
    }),
  ),
  documents("scn-a", { d: 253_402_300_800_000 }, { d: 8_640_000_000_000_001 }),
  post("/scn-a/_search", { size: 0, aggs: { a: { stats: { field: "d" } } } }),
  ...["iso8601", "uuuu-MM-dd", "yyyy", "basic_date", "year", "yy"].map((format) =>
    post("/scn-a/_search", { size: 0, aggs: { a: { terms: { field: "d", format } } } }),
  ),
  search(
    "scn-a",
    { range: { d: { gte: "8640000000000000" } } },
    { sort: [{ d: { order: "desc", format: "iso8601" } }] },
  ),
);

const range = (bounds: JsonValue) => search("scn-a", { range: { d: bounds } });

const rounding = scenario(
  "the end of a range is rounded up as far as its format is silent",
  ["range: format of dates, rounded up and down"],
  mapped("scn-a", { d: { type: "date" }, s: { type: "date", format: "epoch_second" } }),
  documents(
    "scn-a",
    ...["12.000", "12.300", "12.350", "12.999", "13.000"].map((second) => ({
      d: `2016-08-12T21:07:${second}Z`,
      s: Date.parse(`2016-08-12T21:07:${second}Z`) / 1000,
    })),
    { d: "2016-08-31T23:59:59.999Z" },
  ),
  range({ lte: "2016-08-12T21:07:12.3" }),
  range({ gt: "2016-08-12T21:07:12.3" }),
  range({ lte: "2016-08-12T21:07:12.35" }),
  search("scn-a", { term: { d: "2016-08-12T21:07:12.3" } }),
  search("scn-a", { match: { d: "2016-08-12T21:07:12" } }),
  range({ lte: 1_471_036_032, format: "epoch_second" }),
  range({ gt: 1_471_036_032, format: "epoch_second" }),
  range({ lte: "1471036032.", format: "epoch_second" }),
  range({ lte: "1471036032.3", format: "epoch_second" }),
  search("scn-a", { range: { s: { lte: "1471036032" } } }),
  search("scn-a", { range: { s: { gt: "1471036032" } } }),
  search("scn-a", { term: { s: "1471036032" } }),
  range({ lte: "08/2016", format: "MM/yyyy" }),
  range({ lte: "2016-225", format: "yyyy-DDD" }),
  range({ lte: "Aug 12 2016", format: "MMM dd yyyy" }),
  range({ lte: "2016-W32", format: "strict_weekyear_week" }),
  range({ lte: "12/Aug/2016:21:07:12 +0000", format: "dd/MMM/yyyy:HH:mm:ss Z" }),
  range({ lte: "2016-02-30", format: "yyyy-MM-dd" }),
  range({ lte: "20160812||/M", format: "date_optional_time" }),
  range({ gte: "2016||+99999999y" }),
  range({ lte: "9007199254740993" }),
  range({ gte: "2016", format: "iii" }),
  range({ gte: "2016", format: "yyyy||" }),
  range({ gte: 1_471_036_032.5 }),
  search("scn-a", { match: { d: 1_471_036_032.5 } }),
  search("scn-a", { terms: { d: [1.5] } }),
);

const bounds = scenario(
  "of two bounds at the same end the later one counts, also when it is null",
  ["range: several bounds at one end"],
  mapped("scn-a", { l: { type: "long" }, k: { type: "keyword" } }),
  documents("scn-a", { l: 1, k: "a" }, { l: 3, k: "b" }),
  ...["l", "k"].flatMap((field) =>
    [
      { gt: 3, gte: null },
      { gt: 3, gte: 0 },
      { gte: 0, gt: 3 },
      { gt: 1, gte: 1 },
      { lt: 3, lte: 3 },
      { lte: 3, lt: 3 },
      { lt: 3, lte: null },
      { gte: 3, gt: null },
      { gt: null },
    ].map((given) => {
      const value =
        field === "l" ? given : Object.fromEntries(Object.entries(given).map(([key, one]) => [key, one && "b"]));
      return search("scn-a", { range: { [field]: value } });
    }),
  ),
);

const sorting = scenario(
  "a value for missing dates has to be a number, and only dates have formats",
  ["sort: missing and format of dates"],
  mapped("scn-a", { d: { type: "date" }, l: { type: "long" }, k: { type: "keyword" } }),
  documents("scn-a", { d: "2016-01-01", l: 1, k: "a" }, {}),
  ...["2016-01-02", "x", "now", true, "1451692800000", 1_451_692_800_000].map((missing) =>
    post("/scn-a/_search", { sort: [{ d: { missing } }], _source: false }),
  ),
  post("/scn-a/_search", { sort: [{ l: { missing: "x" } }], _source: false }),
  ...["d", "l", "k"].map((field) => post("/scn-a/_search", { sort: [{ [field]: { format: "iii" } }], _source: false })),
  post("/scn-a/_search", { sort: [{ k: { format: "yyyy" } }], _source: false }),
  post("/scn-a/_search", { sort: [{ d: { format: "yyyy" } }], _source: false }),
);

const WRONG = [
  "iii",
  "",
  "yyyy||",
  "yyyy||iii",
  "ddd",
  "yyyy]",
  "'yyyy",
  "yyyy{",
  "SSSSSSSSSS",
  "p",
  "dateOptionalTime",
  "V",
  "aa",
];

const refused = scenario(
  "what is no date format is refused in Java's words",
  [],
  ...WRONG.map((format) => mapped("scn-a", { d: { type: "date", format } })),
  mapped("scn-b", { d: { type: "date", format: " yyyy||[yyyy||8yyyy " } }),
  lines("/scn-b/_bulk?refresh=true", [{ index: {} }, { d: "2016" }]),
);

export const dateFormatsTopic = topic(
  "date-formats",
  "Date formats",
  [everything, printing, rounding, bounds, sorting, refused],
  ["z", "v", "B", "W", "g"].map((letter) =>
    refusal(
      `letter ${letter} of date patterns`,
      { method: "PUT", path: "/scn-a", body: { mappings: { properties: { d: { type: "date", format: letter } } } } },
      `letter [${letter}]`,
    ),
  ),
);
