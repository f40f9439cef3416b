import { createTestSite } from "@mozdef/alert-testing";
import { readLog } from "@mozdef/event-intake";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Feed, FEEDS } from "./feeds/feeds.ts";
import { PACKS_WITHOUT_FEEDS, WITHOUT_FEED } from "./feeds/without-feed.ts";
import { isOnSilence } from "./on-silence.ts";
import { packs } from "./packs.ts";

const NOW = "2026-03-10T09:20:00.000Z";

/** These look at what the service records of itself, not at events. */
const OF_SERVICE = new Set([
  "AlertDeliveryFailures",
  "AlertExecutionFailures",
  "AlertExecutionGap",
  "AlertExecutionKilled",
  "AlertIndexingFailures",
  "AlertWatchdog",
]);
const tasks = Object.entries(packs)
  .filter(([pack]) => !PACKS_WITHOUT_FEEDS.has(pack))
  .flatMap(([, { alerts }]) => Object.entries(alerts))
  .filter(([name, entry]) => !OF_SERVICE.has(name) && !isOnSilence(entry));

const read = ({ file }: Feed) =>
  readLog(readFileSync(new URL(`feeds/${file}`, import.meta.url), "utf8"), { receivedAt: new Date(NOW) });

/** Names with dots lead into objects, but those of fields that have dots in their own names. */
const at = (event: Readonly<Record<string, unknown>>, path: string): unknown => {
  if (Object.hasOwn(event, path)) return event[path];
  const [name = "", ...rest] = path.split(".");
  const inner = event[name];
  return typeof inner === "object" && inner !== null && rest.length > 0
    ? at(inner as Readonly<Record<string, unknown>>, rest.join("."))
    : undefined;
};

const pick = (event: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.keys(wanted).map((path) => [path, at(event, path)]));

const alertsOf = async (feed: Feed): Promise<readonly string[]> => {
  const site = await createTestSite({ now: NOW });
  onTestFinished(() => site.close());
  for (const { event } of read(feed)) await site.saveEvent(event);
  await site.refresh();
  for (const [, { task }] of tasks) {
    const run = await site.run(task);
    expect([run.health, run.error]).toEqual(["ok", null]);
  }
  return (await site.alerts()).map(({ _source }) => _source.classname).sort();
};

describe.each(FEEDS)("$file: $what", (feed) => {
  it("is understood, every event of it", () => {
    const events = read(feed);
    expect(events).toHaveLength(feed.events);
    for (const { event, parsers } of events) {
      expect(parsers).toEqual(feed.parsers);
      expect(pick(event, feed.all ?? {})).toEqual(feed.all ?? {});
    }
    expect(pick(events[0]?.event ?? {}, feed.first)).toEqual(feed.first);
  });

  it("sets off the alerts that it should, and no others", async () => {
    expect(await alertsOf(feed)).toEqual([...feed.alerts].sort());
  });
});

it("has an attack for every alert, but for those that say why there is none", () => {
  const names = tasks.map(([name]) => name);
  const without = names.filter((name) => !FEEDS.some(({ alerts }) => alerts.includes(name)));
  expect(without.sort()).toEqual(Object.keys(WITHOUT_FEED).sort());
});

it("is what docs/intake.md says", () => {
  const page = readFileSync(new URL("../../../docs/intake.md", import.meta.url), "utf8");
  const written = page.split("\n").filter((line) => /^\| `\S+\.(?:log|json|ndjson)` /.test(line));
  const rows = FEEDS.map(({ file, what, events, alerts }) => {
    const counts = [...new Set(alerts)].map((name) => {
      const times = alerts.filter((one) => one === name).length;
      return times === 1 ? name : `${name} (${times})`;
    });
    return `| \`${file}\` | ${what} | ${events} of ${events} | ${counts.join(", ") || "none"} |`;
  });
  expect(written.map((line) => line.replace(/ +\|/g, " |"))).toEqual(rows);
});
