import { createTestSite } from "@mozdef/alert-testing";
import { readLog } from "@mozdef/event-intake";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Feed, FEEDS } from "./feeds/feeds.ts";
import { packs } from "./packs.ts";

const NOW = "2026-03-10T09:20:00.000Z";

/** Alerts of what is missing go off whatever is there; others need a folder of rules or a list of terms that is not here. */
const OTHERS = new Set(["deadman", "generic", "watchlist"]);
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
  .filter(([pack]) => !OTHERS.has(pack))
  .flatMap(([, { alerts }]) => Object.entries(alerts))
  .filter(([name]) => !OF_SERVICE.has(name));

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

it("has an attack for every alert, but for four", () => {
  const names = tasks.map(([name]) => name);
  expect(names.filter((name) => !FEEDS.some(({ alerts }) => alerts.includes(name)))).toEqual([
    // Asks for a category that nothing sends: Zeek's hits have that of all its logs.
    "AlertSSLBlacklistHit",
    // Asks for events of more than a day ago; those of the feeds are of today.
    "OldEvents",
    // Ask for a hundred failed logins or more over hours, too many for a sample; their own tests have them.
    "AlertSshHostUnderAttack",
    "AlertSshSlowGuessing",
  ]);
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
