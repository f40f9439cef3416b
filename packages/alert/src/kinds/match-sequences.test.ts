import { describe, expect, it } from "vitest";
import { matchSequences, type SequenceEvent, type SequencePattern } from "./match-sequences.ts";

const at = (id: string, second: number): SequenceEvent => ({
  hit: { _index: "events", _id: id, _source: {} },
  time: second * 1_000,
});
const happens = (times = 1) => ({ times, isAbsent: false });
const pattern = (places: SequencePattern["places"], changes: Partial<SequencePattern> = {}): SequencePattern => ({
  places,
  isNeverBetween: false,
  withinMs: 60_000,
  ...changes,
});
const idsOf = (found: ReturnType<typeof matchSequences>) =>
  found.map((steps) => steps.map((events) => events.map(({ hit }) => hit._id).join("")).join(">"));

describe("sequences", () => {
  it("have every event that could as well be in the place of one", () => {
    const failures = ["a", "b", "c", "d"].map((id, index) => at(id, index));
    expect(idsOf(matchSequences(pattern([happens(2), happens()]), [failures, [at("x", 9)]], 0))).toEqual(["abcd>x"]);
  });

  it("are over after their time, to the millisecond", () => {
    const found = (second: number) =>
      matchSequences(pattern([happens(), happens()]), [[at("a", 0)], [at("x", second)]], 0).length;
    expect([found(60), found(60.001)]).toEqual([1, 0]);
  });

  it("take no event twice, also where one fits at both places", () => {
    const both = [at("a", 0), at("b", 1)];
    expect(idsOf(matchSequences(pattern([happens(), happens()]), [both, both], 0))).toEqual(["a>b"]);
    const single = [at("a", 0)];
    expect(matchSequences(pattern([happens(), happens()]), [single, single], 0)).toEqual([]);
  });

  it("find the event of the same second that is free, whichever comes first", () => {
    const [early, late, between] = [at("a", 0), at("b", 5), at("x", 5)];
    const fitting = [[early, late], [between], [late]];
    expect(idsOf(matchSequences(pattern([happens(), happens(), happens()]), fitting, 0))).toEqual(["a>x>b"]);
  });

  it("wait for what must not happen until their time is over", () => {
    const absent = pattern([happens(), { times: 1, isAbsent: true }]);
    const found = (now: number, ...prevented: readonly number[]) =>
      matchSequences(absent, [[at("a", 0)], prevented.map((second) => at("x", second))], now * 1_000).length;
    expect([found(59), found(60), found(60, 60), found(90, 61)]).toEqual([0, 1, 0, 1]);
  });

  it("are found among many, each once", () => {
    const count = 20_000;
    const first = Array.from({ length: count }, (_, index) => at(`a${index}`, 2 * index));
    const second = Array.from({ length: count }, (_, index) => at(`b${index}`, 2 * index + 1));
    expect(matchSequences(pattern([happens(), happens()]), [first, second], 0)).toHaveLength(count);
  });
});
