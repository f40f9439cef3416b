import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { EventsElsewhere, WayToAll } from "./way-to-all.tsx";

const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, "");

describe("the way to all events", () => {
  it.each([
    [25, "All 25 events in the search"],
    [1, "The event in the search The store has 1 of 25 events: the others are deleted, or not marked yet."],
    [0, "The store has none of them under this alert: they are deleted, or not marked yet."],
    [undefined, ""],
  ])("of 25 events with %s in the store", (found, text) => {
    const html = renderToStaticMarkup(createElement(WayToAll, { id: "a1", count: 25, found }));
    expect(textOf(html)).toBe(text);
    if (found === 25)
      expect(html).toContain(`href="/search?text=${encodeURIComponent('alerts.id:"a1"')}&amp;period=all"`);
  });
});

describe("events that the service does not keep", () => {
  const events = ["2026-01-01T00:00:00Z", "2026-01-01T00:00:05Z"].map((time, id) => ({
    ...{ _index: "logs-1", _id: `${id}` },
    _source: { "@timestamp": time },
  }));
  const markup = (source: string | undefined, count: number) =>
    renderToStaticMarkup(createElement(EventsElsewhere, { events, count, source }));

  it("lead to their source at that time", () => {
    const html = markup("archive", 9);
    expect(textOf(html)).toContain("are in the source archive, which is only read");
    expect(textOf(html)).toContain("covers 7 further events, of which it knows the number alone");
    const [, address = ""] = /href="([^"]*)"/.exec(html) ?? [];
    const { searchParams } = new URL(address.replaceAll("&amp;", "&"), "http://page");
    expect(Object.fromEntries(searchParams)).toEqual({
      source: "archive",
      since: "2026-01-01T00:00:00.000Z",
      until: "2026-01-01T00:00:06.000Z",
    });
  });

  it.each([
    [undefined, "No source of the configuration as it is now has the index of these events."],
    ["", "These events carry no mark of their alert, so that the search cannot list all of them."],
  ])("have no way where there is none: source %j", (source, text) => {
    expect(markup(source, 2)).toBe(`<p class="muted">${text}</p>`);
  });
});
