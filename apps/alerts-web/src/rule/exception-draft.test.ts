import { expect, it } from "vitest";
import { dayIn, emptyDraft, matchOf, previewTexts, requestOf } from "./exception-draft.ts";

const NOW = new Date("2026-01-31T12:00:00Z");
const draft = { ...emptyDraft(NOW), field: " hostname ", values: "a", reason: " painters " };

it("ends in a month unless somebody says otherwise, with the last moment of its last day", () => {
  expect(draft.until).toBe("2026-03-02");
  expect(dayIn(1, NOW)).toBe("2026-02-01");
  expect(requestOf(draft)).toEqual({
    match: { hostname: "a" },
    reason: "painters",
    until: "2026-03-03T00:00:00.000Z",
  });
  expect(requestOf({ ...draft, until: "", isForGood: true }).until).toBeNull();
});

it("has one value, or one a line", () => {
  expect(matchOf({ field: "hostname", values: "\n a b \n\n" })).toEqual({ hostname: "a b" });
  expect(matchOf({ field: "hostname", values: "a\nb" })).toEqual({ hostname: ["a", "b"] });
});

it.each([
  ["field", { field: " " }],
  ["value", { values: "\n" }],
  ["why", { reason: " " }],
  ["last day", { until: "" }],
])("says when there is no %s", (missing, change) => {
  expect(() => requestOf({ ...draft, ...change })).toThrow(missing);
});

it("says what would be left out of each search, and shows hostile names as they are", () => {
  const one = { name: "A", looked: 3, leftOut: 2 };
  const preview = { searches: [one], moreSearches: 0, errors: [] };
  expect(previewTexts(preview)).toEqual(["Would leave out 2 of the 3 events of the last day that the alert finds."]);
  const error = { code: "X", message: "a\u202eb" };
  const many = { searches: [one, { ...one, name: "B\u202e" }], moreSearches: 4, errors: [error] };
  const [, second, more, failed] = previewTexts(many);
  expect(second).toMatch(/^B\\u202e: Would/);
  expect(more).toContain("4 more searches");
  expect(failed).toContain("a\\u202eb");
});
