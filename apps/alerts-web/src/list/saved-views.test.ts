import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MOST_VIEWS, readViews, withoutView, withView, writeViews } from "./saved-views.ts";

const HOSTILE = '"><img src=x onerror=alert(1)>\u202e';
let entries: Map<string, string>;

beforeEach(() => {
  entries = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  });
});
afterEach(() => void vi.unstubAllGlobals());

it("keeps views by name, each at its first page", () => {
  const views = withView(withView([], HOSTILE, "?severity=CRITICAL&page=3"), "mine", "?group=name&text=a%26b");
  expect(writeViews("", views)).toBe(true);
  expect(readViews("")).toEqual([
    { name: HOSTILE, search: "?severity=CRITICAL" },
    { name: "mine", search: "?text=a%26b&group=name" },
  ]);
  expect(withoutView(views, "mine").map(({ name }) => name)).toEqual([HOSTILE]);
});

it("replaces a view of the same name", () => {
  const views = withView(withView([], "mine", "?open=true"), "mine", "?open=false");
  expect(views).toEqual([{ name: "mine", search: "?open=false" }]);
});

it("tells readers apart", () => {
  writeViews("ann", withView([], "mine", ""));
  expect([readViews("ann").length, readViews("bob").length, readViews("").length]).toEqual([1, 0, 0]);
});

it.each(["", "{", "null", '{"a":1}', '[null,1,"x",{"name":""},{"name":"x"},{"name":1,"search":""}]'])(
  "takes %j for no views",
  (text) => {
    entries.set("mozdef.views", text);
    expect(readViews("")).toEqual([]);
  },
);

it("reads only filters out of an address", () => {
  entries.set("mozdef.views", JSON.stringify([{ name: "x", search: "javascript:alert(1)?open=true&evil=1" }]));
  expect(readViews("")).toEqual([{ name: "x", search: "" }]);
});

it("has an end", () => {
  const full = Array.from({ length: MOST_VIEWS }, (_, at) => ({ name: `view ${at}`, search: "" }));
  expect(withView(full, "one more", "")).toBe(full);
  expect(withView(full, "view 1", "?open=true")).toHaveLength(MOST_VIEWS);
});

it("says when the browser remembers nothing", () => {
  vi.stubGlobal("localStorage", undefined);
  expect(writeViews("", [])).toBe(false);
  expect(readViews("")).toEqual([]);
});
