import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { EventTable } from "./event-table.tsx";

const event = (id: number, details: Record<string, unknown> = {}) => ({
  ...{ _index: "events-20260101", _id: `event-${id}` },
  _source: { utctimestamp: "2026-01-01T00:00:00+00:00", hostname: "web1", summary: `event ${id}`, details },
});
const markup = (events: readonly ReturnType<typeof event>[], source: string | undefined) =>
  renderToStaticMarkup(createElement(EventTable, { events, source, classname: "AlertX" }));

it("opens the only event, with markup and hidden characters as text", () => {
  const html = markup([event(1, { user: "<b>\u202egnp.exe" })], "");
  expect(html).toContain("&lt;b&gt;\\u202egnp.exe");
  expect(html).not.toContain("<b>");
  expect(html).not.toContain("\u202e");
  expect(html).toContain('href="/search?id=event-1"');
  expect(html).toContain(`href="/search?text=${encodeURIComponent('hostname:"web1"')}&amp;period=all"`);
});

it("has no way to events that no source has", () => {
  expect(markup([event(1)], undefined)).not.toContain("href=");
});

it("shows ten rows of many, closed", () => {
  const html = markup(
    Array.from({ length: 70 }, (_, id) => event(id)),
    "",
  );
  expect(html.match(/class="found__row"/g)).toHaveLength(10);
  expect(html).toContain("Show 50 more of 60");
  expect(html).not.toContain("Raw JSON");
});
