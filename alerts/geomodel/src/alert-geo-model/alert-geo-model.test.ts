import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTask } from "@mozdef/alert/runtime";
import { createTestSite } from "@mozdef/alert-testing";
import { ago, at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asnDatabase } from "../../test/write-asn-database.ts";
import { AlertGeoModel } from "./alert-geo-model.ts";

const SAN_FRANCISCO = { city: "San Francisco", country_code: "US", latitude: 37.773972, longitude: -122.431297 };
const TORONTO = { city: "Toronto", country_code: "CA", latitude: 43.6529, longitude: -79.3849 };
const PORTLAND_ME = { city: "Portland", country_code: "US", latitude: 43.6614, longitude: -70.2553 };
const PORTLAND_OR = { city: "Portland", country_code: "US", latitude: 45.5234, longitude: -122.6762 };
const SAINT_PETERSBURG = { city: "Saint Petersburg", country_code: "RU", latitude: 59.9343, longitude: 30.3351 };

type Place = typeof TORONTO;

const NOW = Date.parse("2017-01-01T01:00:00Z");
const login = (place: object, sourceipaddress = "1.2.3.4", username = "tester1") => ({
  details: { username, sourceipaddress, sourceipgeolocation: place },
});
/** The time counts for the way, receivedtimestamp for the search. */
const earlier = (minutes: number, event: object) => ({ ...event, utctimestamp: ago({ minutes }) });

const stored = (place: Place, minutesAgo: number, sourceipaddress = "4.3.2.1") => ({
  sourceipaddress,
  city: place.city,
  country: place.country_code,
  lastaction: new Date(NOW - minutesAgo * 60_000).toISOString(),
  latitude: place.latitude,
  longitude: place.longitude,
  radius: 50,
});
type Site = Parameters<NonNullable<Parameters<typeof describeAlert>[1]["setup"]>>[0];
const withState =
  (localities: readonly unknown[], { username = "tester1", index = "localities" } = {}) =>
  async (site: Site) => {
    await site.saveDocument(index, { type_: "locality", username, localities });
    await site.refresh();
  };
const withExecution = (minutesAgo: number) => async (site: Site) => {
  const execution_time = new Date(NOW - minutesAgo * 60_000).toISOString();
  await site.saveDocument("localities", { type_: "execution_state", execution_time });
  await site.refresh();
};
const hop = (from: string, to: string, km: string, minutes: string): string =>
  `${from} then ${to} (${km} KM in ${minutes} minutes)`;
const SF_TORONTO = (minutes: string): string =>
  `tester1 seen in ${hop("San Francisco,US", "Toronto,CA", "3645.78", minutes)}`;
const TORONTO_SF = (minutes: string): string =>
  `tester1 seen in ${hop("Toronto,CA", "San Francisco,US", "3645.78", minutes)}`;

describeAlert(AlertGeoModel, {
  event: { tags: ["auth0"], ...login(TORONTO) },
  alert: { category: "geomodel", tags: ["geomodel"], severity: "INFO", notify_mozdefbot: false },
  fires: [
    {
      name: "one user among a thousand logins of others, who stay where they are",
      setup: withState([stored(SAN_FRANCISCO, 16)]),
      events: [repeat(1_000, (index) => login(TORONTO, "198.51.100.7", `other${index % 50}`)), {}],
      alert: { summary: SF_TORONTO("16.00") },
      covers: 1,
    },
    {
      name: "far from where the user was sixteen minutes ago, with all details",
      setup: withState([stored(SAN_FRANCISCO, 16)]),
      events: [{}],
      alert: {
        summary: SF_TORONTO("16.00"),
        details: {
          username: "tester1",
          sourceipaddress: "1.2.3.4",
          sourceipv4address: "1.2.3.4",
          factors: [],
          hops: [
            {
              origin: {
                ip: "4.3.2.1",
                city: "San Francisco",
                country: "US",
                latitude: 37.773972,
                longitude: -122.431297,
                observed: "2017-01-01T00:44:00+00:00",
                geopoint: "37.773972,-122.431297",
              },
              destination: {
                ip: "1.2.3.4",
                city: "Toronto",
                country: "CA",
                latitude: 43.6529,
                longitude: -79.3849,
                observed: "2017-01-01T01:00:00+00:00",
                geopoint: "43.6529,-79.3849",
              },
            },
          ],
        },
      },
    },
    {
      name: "two logins in the wrong order are put in the order of their times",
      events: [{ ...login(SAN_FRANCISCO, "4.3.2.1"), utctimestamp: "2017-01-01T01:01:00+00:00" }, {}],
      alert: { summary: TORONTO_SF("1.00"), details: { sourceipaddress: "4.3.2.1" } },
    },
    {
      name: "far from the only known place",
      setup: withState([stored(TORONTO, 5)]),
      events: [login(SAN_FRANCISCO)],
      alert: { summary: TORONTO_SF("5.00") },
    },
    {
      name: "the most recent of two known places counts",
      setup: withState([stored(SAN_FRANCISCO, 3), stored(TORONTO, 5)]),
      events: [{}],
      alert: { summary: SF_TORONTO("3.00") },
    },
    {
      name: "two logins in one search",
      events: [earlier(4, login(TORONTO)), earlier(1, login(SAN_FRANCISCO))],
      alert: { summary: TORONTO_SF("3.00") },
    },
    {
      name: "two cities of one name",
      events: [earlier(3, login(PORTLAND_ME)), login(PORTLAND_OR)],
      alert: { summary: `tester1 seen in ${hop("Portland,US", "Portland,US", "4082.65", "3.00")}` },
    },
    {
      name: "two ways in one alert",
      events: [
        earlier(5, login(PORTLAND_OR)),
        earlier(2, login({ ...TORONTO, longitude: -79.3843 })),
        login(SAINT_PETERSBURG, "9.9.9.9"),
      ],
      alert: {
        summary: `tester1 seen in ${hop("Portland,US", "Toronto,CA", "3393.90", "3.00")}; ${hop("Toronto,CA", "Saint Petersburg,RU", "6855.53", "2.00")}`,
        details: { sourceipaddress: "9.9.9.9" },
      },
    },
    {
      name: "a login older than the known place comes before it",
      setup: withState([stored(TORONTO, 1)]),
      events: [earlier(4, login(SAN_FRANCISCO))],
      alert: { summary: SF_TORONTO("3.00"), details: { sourceipaddress: "4.3.2.1" } },
    },
    {
      name: "whole numbers are shown with a decimal, ties go to the even digit",
      events: [
        {
          ...login({ city: "Aä", country_code: "XX", latitude: 43, longitude: -79 }),
          utctimestamp: ago({ seconds: 7.5 }),
        },
        login({ city: "B", country_code: "YY", latitude: -43, longitude: 79 }, "2001:db8::7"),
      ],
      alert: {
        summary: /^tester1 seen in Aä,XX then B,YY \(\d+\.\d\d KM in 0\.12 minutes\)$/,
        details: {
          sourceipaddress: "2001:db8::7",
          hops: [{ origin: { geopoint: "43.0,-79.0" }, destination: { geopoint: "-43.0,79.0" } }],
        },
      },
    },
    {
      name: "two users, each with an alert",
      events: [
        earlier(4, login(TORONTO)),
        login(SAN_FRANCISCO),
        earlier(4, login(TORONTO, "1.2.3.4", "zoë")),
        login(SAN_FRANCISCO, "1.2.3.4", "zoë"),
      ],
      alerts: [{ summary: TORONTO_SF("4.00") }, { summary: TORONTO_SF("4.00").replace("tester1", "zoë") }],
    },
    {
      name: "logins without a place are passed over",
      events: [
        earlier(4, login(TORONTO)),
        login(SAN_FRANCISCO),
        login({ ...TORONTO, city: null }),
        login({ latitude: null }),
      ],
      alert: { summary: TORONTO_SF("4.00") },
    },
    {
      name: "received when the search of the first run begins",
      events: [
        { ...login(TORONTO), receivedtimestamp: ago({ minutes: 5 }), utctimestamp: ago({ minutes: 5 }) },
        login(SAN_FRANCISCO),
      ],
      alert: { summary: TORONTO_SF("5.00") },
    },
    {
      name: "goes on where the previous run ended, however long ago",
      setup: withExecution(30),
      events: [
        { ...login(TORONTO), receivedtimestamp: ago({ minutes: 30 }), utctimestamp: ago({ minutes: 30 }) },
        login(SAN_FRANCISCO),
      ],
      alert: { summary: TORONTO_SF("30.00") },
    },
    {
      name: "a previous run in the future is not believed",
      setup: withExecution(-10),
      events: [earlier(4, login(TORONTO)), login(SAN_FRANCISCO)],
      alert: { summary: TORONTO_SF("4.00") },
    },
    {
      name: "more than a thousand logins: all count, the first thousand are carried",
      events: [at("-60s").every("0s", 1_000), login(SAN_FRANCISCO)],
      alert: { summary: TORONTO_SF("1.00") },
      embeds: 1_000,
    },
    {
      name: "what one run sees the next one knows",
      runs: [
        { at: "0s", events: [{}] },
        {
          at: "5m",
          events: [login(SAN_FRANCISCO)],
          alert: { summary: TORONTO_SF("5.00") },
        },
        { at: "10m", events: [login(SAN_FRANCISCO, "1.2.3.5")] },
      ],
    },
    {
      name: "a malformed state counts as none",
      setup: withState([{ city: "Nowhere" }]),
      events: [earlier(4, login(TORONTO)), login(SAN_FRANCISCO)],
      alert: { summary: TORONTO_SF("4.00") },
    },
    {
      name: "a first look-back, a query and a severity of one's own",
      config: {
        severity: "CRITICAL",
        events: { search_window: { minutes: 10 }, lucene_query: "category:login" },
      },
      events: [
        {
          ...login(TORONTO),
          tags: [],
          category: "login",
          receivedtimestamp: ago({ minutes: 10 }),
          utctimestamp: ago({ minutes: 10 }),
        },
        { ...login(SAN_FRANCISCO), tags: [], category: "login" },
      ],
      alert: { summary: TORONTO_SF("10.00"), severity: "CRITICAL", notify_mozdefbot: true },
    },
    {
      name: "states in an index of one's own",
      config: { localities: { es_index: "places", valid_duration_days: 1, radius_kilometres: 50 } },
      setup: withState([stored(SAN_FRANCISCO, 16)], { index: "places" }),
      events: [{}],
      alert: { summary: SF_TORONTO("16.00") },
    },
    {
      name: "two places near one another, with a smaller radius",
      config: { localities: { es_index: "localities", valid_duration_days: 1, radius_kilometres: 1 } },
      events: [{ ...login({ ...TORONTO, latitude: 43.8 }), utctimestamp: ago({ seconds: 30 }) }, login(TORONTO)],
      alert: { summary: `tester1 seen in ${hop("Toronto,CA", "Toronto,CA", "16.36", "0.50")}` },
    },
  ],
  silent: [
    { name: "a known place is outdated", setup: withState([stored(SAN_FRANCISCO, 50 * 60)]), events: [{}] },
    {
      name: "a known place is a second older than a day",
      setup: withState([stored(SAN_FRANCISCO, 24 * 60 + 1 / 60)]),
      events: [earlier(24 * 60 - 1, {})],
    },
    {
      name: "a known place is older than an age of one's own",
      config: { localities: { es_index: "localities", valid_duration_days: 0.01, radius_kilometres: 50 } },
      setup: withState([stored(SAN_FRANCISCO, 16)]),
      events: [{}],
    },
    {
      name: "back at the most recent place",
      setup: withState([stored(SAN_FRANCISCO, 3), stored(TORONTO, 5)]),
      events: [login(SAN_FRANCISCO)],
    },
    {
      name: "two places near one another",
      events: [
        login({ city: "Sherbrooke", country_code: "CA", latitude: 45.3397, longitude: -72.013 }),
        login({ city: "Sherbrooke", country_code: "CA", latitude: 45.3879, longitude: -71.8988 }),
      ],
    },
    {
      name: "a known place in other networks",
      setup: withState([stored(PORTLAND_OR, 3, "1.1.1.1"), stored(PORTLAND_OR, 2, "2.2.2.2")]),
      events: [login(PORTLAND_OR)],
    },
    {
      name: "the place of now, seen again with an older time",
      setup: withState([stored(PORTLAND_OR, 0)]),
      events: [earlier(4, login(PORTLAND_OR))],
    },
    {
      name: "received before the previous run",
      setup: withExecution(2),
      events: [
        { ...login(TORONTO), receivedtimestamp: ago({ minutes: 4 }), utctimestamp: ago({ minutes: 4 }) },
        login(SAN_FRANCISCO),
      ],
    },
    {
      name: "received a second before the search of the first run begins",
      events: [{ ...login(TORONTO), receivedtimestamp: ago({ minutes: 5, seconds: 1 }) }, login(SAN_FRANCISCO)],
    },
    {
      name: "the state of another user",
      setup: withState([stored(SAN_FRANCISCO, 5)], { username: "tester2" }),
      events: [{}],
    },
    { name: "another tag", events: [earlier(4, { tags: ["bad"] }), { ...login(SAN_FRANCISCO), tags: ["bad"] }] },
    {
      name: "an empty user name",
      events: [earlier(4, login(TORONTO, "1.2.3.4", "")), login(SAN_FRANCISCO, "1.2.3.4", "")],
    },
    { name: "no place", events: repeat(2, { details: { sourceipgeolocation: null } }) },
    { name: "no source address", events: [earlier(4, {}), login(SAN_FRANCISCO, null as unknown as string)] },
    {
      name: "a user who may travel",
      config: { whitelist: { users: ["somebody", "tester1"], cidrs: [] } },
      events: [earlier(4, {}), login(SAN_FRANCISCO)],
    },
    {
      name: "another user who may travel",
      config: { whitelist: { users: ["somebody", "tester1"], cidrs: [] } },
      events: [earlier(4, login(TORONTO, "1.2.3.4", "somebody")), login(SAN_FRANCISCO, "4.3.2.1", "somebody")],
    },
    ...["4.3.2.", "2001:db8::"].map((network) => ({
      name: `both logins from a network that may be anywhere, ${network}`,
      config: { whitelist: { users: [], cidrs: ["4.3.2.0/24", "2001:db8::/32"] } },
      events: [earlier(4, login(TORONTO, `${network}8`)), login(SAN_FRANCISCO, `${network}7`)],
    })),
    {
      name: "networks that may be anywhere",
      config: { whitelist: { users: [], cidrs: ["4.3.2.0/24", "2001:db8::/32"] } },
      events: [earlier(4, {}), login(SAN_FRANCISCO, "4.3.2.1"), login(SAN_FRANCISCO, "2001:db8::7")],
    },
  ],
});

describe("AlertGeoModel with an ASN database", () => {
  const network = (autonomous_system_number: number, autonomous_system_organization: string) => ({
    autonomous_system_number,
    autonomous_system_organization,
  });
  const ONE = network(64_496, "Net One");
  const TWO = network(64_497, "Net Two");
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mozdef-geomodel-"));
    await writeFile(
      join(folder, "asn.mmdb"),
      asnDatabase({ "4.3.2.1": ONE, "4.3.2.2": ONE, "1.2.3.4": TWO, "1.2.3.5": ONE }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  const runWith = async (origin: string, destination: string, file = "asn.mmdb", more: object = {}) => {
    const site = await createTestSite({ now: new Date(NOW).toISOString() });
    try {
      const event = {
        tags: ["auth0"],
        utctimestamp: "2017-01-01T00:59:00+00:00",
        receivedtimestamp: "2017-01-01T01:00:00+00:00",
      };
      await site.saveEvent({ ...event, ...login(SAN_FRANCISCO, origin) });
      await site.saveEvent({ ...event, ...login(TORONTO, destination), utctimestamp: "2017-01-01T01:00:00+00:00" });
      await site.refresh();
      const config = { factors: { asn_movement: { maxmind_db_path: join(folder, file) } }, ...more };
      const run = await site.run(AlertGeoModel, { config });
      expect(run.health).toBe("ok");
      const [alert] = await site.alerts();
      return alert?._source;
    } finally {
      await site.close();
    }
  };

  test("movement between networks lowers the severity and is told", async () => {
    expect(await runWith("4.3.2.1", "1.2.3.4")).toMatchObject({
      severity: "DEBUG",
      notify_mozdefbot: true,
      details: { factors: [{ asn_hops: [[ONE, TWO]] }] },
    });
  });
  test("another severity for movement", async () => {
    expect(await runWith("4.3.2.1", "1.2.3.4", "asn.mmdb", { asn_movement_severity: "ERROR" })).toMatchObject({
      severity: "ERROR",
    });
  });
  test("no movement within one network", async () => {
    expect(await runWith("4.3.2.1", "1.2.3.5")).toMatchObject({
      severity: "INFO",
      details: { factors: [{ asn_hops: [] }] },
    });
  });
  test("an address that is not in the database", async () => {
    expect(await runWith("4.3.2.1", "8.8.8.8")).toMatchObject({ details: { factors: [{ asn_hops: [] }] } });
    expect(await runWith("8.8.8.8", "4.3.2.1")).toMatchObject({ details: { factors: [{ asn_hops: [] }] } });
  });
  test("a database that is not there costs the factor, not the alert", async () => {
    expect(await runWith("4.3.2.1", "1.2.3.4", "none.mmdb")).toMatchObject({
      severity: "INFO",
      summary: SF_TORONTO("1.00"),
      details: { factors: [] },
    });
  });
});

describe("AlertGeoModel state", () => {
  const localitiesOf = async (site: Site, index = "localities") => {
    await site.refresh();
    const { hits } = await site.client.search<Record<string, unknown>>({ index, size: 100 });
    return hits.hits.map((hit) => hit._source!);
  };

  test("a quiet run remembers places and its time, in the documents that are there", async () => {
    const site = await createTestSite({ now: new Date(NOW).toISOString() });
    try {
      await withState([stored(SAN_FRANCISCO, 23 * 60)])(site);
      await withExecution(2)(site);
      await site.saveEvent({ tags: ["auth0"], ...login(TORONTO), utctimestamp: new Date(NOW).toISOString() });
      await site.refresh();
      await site.run(AlertGeoModel);
      const documents = await localitiesOf(site);
      expect(documents).toHaveLength(2);
      expect(documents.find(({ type_ }) => type_ === "execution_state")).toMatchObject({
        execution_time: "2017-01-01T01:00:00+00:00",
      });
      expect(documents.find(({ type_ }) => type_ === "locality")).toEqual({
        type_: "locality",
        username: "tester1",
        localities: [
          { ...stored(SAN_FRANCISCO, 23 * 60), lastaction: "2016-12-31T02:00:00+00:00" },
          { ...stored(TORONTO, 0, "1.2.3.4"), lastaction: "2017-01-01T01:00:00+00:00" },
        ],
      });
    } finally {
      await site.close();
    }
  });

  test("outdated places go only when something else changes", async () => {
    const site = await createTestSite({ now: new Date(NOW).toISOString() });
    try {
      const places = [stored(SAN_FRANCISCO, 50 * 60), stored(TORONTO, 0, "1.2.3.4")];
      await withState(places)(site);
      await site.saveEvent({ tags: ["auth0"], ...login(TORONTO), utctimestamp: new Date(NOW).toISOString() });
      await site.refresh();
      await site.run(AlertGeoModel);
      const [user] = (await localitiesOf(site)).filter(({ type_ }) => type_ === "locality");
      expect(user).toMatchObject({ localities: places });
    } finally {
      await site.close();
    }
  });
});

describe("AlertGeoModel configuration", () => {
  const taken = (config: object) => () => createTask(AlertGeoModel, config);
  test("has the defaults of MozDef's file, part by part", () => {
    expect(taken({ localities: { valid_duration_days: 2 } })().config).toEqual({
      asn_movement_severity: "DEBUG",
      severity: "INFO",
      localities: { es_index: "localities", valid_duration_days: 2, radius_kilometres: 50 },
      events: { search_window: { minutes: 5 }, lucene_query: "tags:auth0" },
      whitelist: { users: [], cidrs: [] },
      factors: { asn_movement: null },
    });
  });
  test.each([
    ["localities.radius_kilometres", { localities: { radius_kilometres: 0 } }],
    ["events.search_window", { events: { search_window: { minutes: 0 } } }],
    ["events.search_window", { events: { search_window: { moons: 1 } } }],
    ["events.lucene_query", { events: { lucene_query: "" } }],
    ["whitelist.cidrs.0", { whitelist: { cidrs: ["10.0.0.1/8"] } }],
    ["whitelist", { whitelist: { hosts: [] } }],
    ["factors.asn_movement", { factors: { asn_movement: {} } }],
  ])("refuses a wrong %s, naming it", (path, config) => {
    expect(taken(config)).toThrow(path);
  });
});
