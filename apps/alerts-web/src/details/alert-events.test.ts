import { expect, it } from "vitest";
import { countOf, countText, eventsOf, textOfAlert } from "./alert-events.ts";

const event = { documentindex: "events-20260101", documentid: "1", documentsource: { summary: "x" } };

it("reads what an alert carries, whatever it is", () => {
  expect(eventsOf({ events: [event, { documentindex: 7, documentsource: "text" }, { documentsource: null }] })).toEqual(
    [
      { _index: "events-20260101", _id: "1", _source: { summary: "x" } },
      { _index: "", _id: "", _source: {} },
      { _index: "", _id: "", _source: {} },
    ],
  );
  expect(eventsOf({})).toEqual([]);
});

it.each([
  [{ events: [event], count: 1_234 }, 1_234, "1,234 events"],
  [{ events: [event] }, 1, "1 event"],
  [{ events: [event, event], count: 1 }, 2, "2 events"],
  [{ events: [event], count: "9" }, 1, "1 event"],
  [{ events: [event], count: Number.POSITIVE_INFINITY }, 1, "1 event"],
  [{ events: [], count: 3 }, 3, "Found 3 times"],
  [{ events: [], count: 1 }, 1, "No events"],
  [{}, 0, "No events"],
])("%j covers %i", (fields, count, text) => {
  expect(countOf(fields)).toBe(count);
  expect(countText(fields)).toBe(text);
});

it("counts what is marked in the store where that is more", () => {
  expect(countOf({ events: [event], ...{ count: 5 } }, 25)).toBe(25);
  expect(countOf({ events: [event], ...{ count: 50 } }, 25)).toBe(50);
  expect(countText({ events: [event] }, 25)).toBe("25 events");
});

it("finds the events of an alert by its id", () => {
  expect(textOfAlert('a"b')).toBe('alerts.id:"a\\"b"');
});
