import type { estypes } from "@elastic/elasticsearch";

/** Numbers that look random and are the same for the same seed (mulberry32). */
const random = (seed: number): ((limit: number) => number) => {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
};

/** The last event is this old and the first eight days older, as in an alias over a week. */
export const lastMs = Date.parse("2026-01-09T00:00:00Z");
export const SPAN_MS = 8 * 86_400_000;

const keyword = { type: "keyword" } as const;
const date = { type: "date", format: "strict_date_optional_time||epoch_millis" } as const;

/** What MozDef says of its events. */
export const mappings = {
  date_detection: false,
  dynamic_templates: ["string", "long", "double"].map((type) => ({
    [type]: { match_mapping_type: type, mapping: keyword },
  })),
  properties: {
    summary: { type: "text" },
    category: keyword,
    hostname: keyword,
    utctimestamp: date,
    receivedtimestamp: date,
    timestamp: date,
    details: { properties: { sourceipaddress: { type: "ip" }, success: { type: "boolean" }, bytes: { type: "long" } } },
  },
} satisfies estypes.MappingTypeMapping;

const words =
  "login failed for root user accepted publickey session opened closed by invalid connection from port ssh2 disconnect preauth".split(
    " ",
  );
const CATEGORIES = ["syslog", "bro", "authentication", "proxy", "http"];

/** Events of about 600 bytes, oldest first, in batches. */
export function* eventBatches(count: number, batch: number): Generator<object[]> {
  const below = random(1);
  const word = (): string => words[below(words.length)] ?? "";
  for (let start = 0; start < count; start += batch)
    yield Array.from({ length: Math.min(batch, count - start) }, (_, i) => {
      const time = new Date(lastMs - SPAN_MS + Math.floor(((start + i) / count) * SPAN_MS)).toISOString();
      const ip = `10.${below(4)}.${below(256)}.${below(256)}`;
      return {
        category: CATEGORIES[below(CATEGORIES.length)],
        hostname: `host${below(200)}.example.com`,
        mozdefhostname: "mozdef1",
        processid: String(below(30_000)),
        processname: "sshd",
        severity: "INFO",
        source: "syslog",
        type: "event",
        tags: ["ssh", "auth"],
        summary: `${word()} ${word()} ${word()} ${word()} ${word()} ${word()} from ${ip} port ${below(65_536)}`,
        utctimestamp: time,
        receivedtimestamp: time,
        timestamp: time,
        details: {
          program: below(3) === 0 ? "sshd" : "cron",
          sourceipaddress: ip,
          destinationport: 22,
          uid: `C${below(2 ** 31).toString(36)}`,
          username: `user${below(5000)}`,
          success: below(2) === 0,
          bytes: below(100_000),
          note: "x".repeat(60),
        },
      };
    });
}
