import type { Feed } from "./feed.ts";

const NOTICES = [
  "AlertBugzillaPBruteforce",
  "AlertHTTPBruteforce",
  "AlertHTTPErrors",
  "AlertSSHManyConns",
  // Guessed passwords.
  "AlertZeekAttack",
  // One for each kind of scan, each from another machine.
  ...["AlertZeekScan", "AlertZeekScan", "AlertZeekScan"],
  ...["NSMScanAddress", "NSMScanPort", "NSMScanRandom"],
];

/** What sensors, proxies, web servers and firewalls see. */
export const NETWORK_FEEDS: readonly Feed[] = [
  {
    file: "zeek.ndjson",
    what: "Zeek, JSON (notices, a connection, a name)",
    events: 9,
    parsers: ["zeek"],
    all: { category: "bro", eventsource: "nsm", type: "nsm" },
    first: {
      source: "notice",
      utctimestamp: "2026-03-10T09:15:01.120Z",
      "details.note": "SSH::Password_Guessing",
      "details.sourceipaddress": "198.51.100.55",
    },
    alerts: NOTICES,
  },
  {
    file: "zeek-notice.log",
    what: "Zeek, its table (`notice.log`)",
    events: 7,
    parsers: ["zeek"],
    all: { category: "bro", source: "notice", eventsource: "nsm", type: "nsm" },
    first: {
      utctimestamp: "2026-03-10T09:15:01.120Z",
      "details.note": "SSH::Password_Guessing",
      "details.sourceipaddress": "198.51.100.58",
    },
    alerts: NOTICES,
  },
  {
    file: "zeek-intel-filebeat.ndjson",
    what: "Zeek, Filebeat (lines of `intel.log` in JSON)",
    events: 10,
    parsers: ["ecs", "zeek"],
    all: { category: "bro", source: "intel", hostname: "sensor1", "details.seenindicator": "cdn.example.net" },
    first: { utctimestamp: "2026-03-10T09:18:10.500Z", "details.seenwhere": "HTTP::IN_HOST_HEADER" },
    alerts: ["AlertMultipleIntelHits"],
  },
  {
    file: "suricata.ndjson",
    what: "Suricata, `eve.json`",
    events: 4,
    parsers: ["suricata"],
    all: { category: "suricata", source: "eve-log", eventsource: "nsm" },
    first: {
      summary: "198.51.100.61:40880 -> 192.0.2.120:80",
      "details.suricata_alert.signature": "LOCAL web shell upload",
      "details.host": "shop.example.org",
    },
    alerts: [],
  },
  {
    file: "squid.log",
    what: "squid, `access.log`",
    events: 6,
    parsers: ["squid"],
    all: { category: "proxy", source: "access", type: "squid" },
    first: {
      utctimestamp: "2026-03-10T09:10:01.030Z",
      "details.proxyaction": "TCP_MISS",
      "details.host": "news.example.org",
      "details.sourceipaddress": "192.0.2.130",
    },
    alerts: [
      "AlertProxyDropExecutable",
      // To an IPv4 address and to an IPv6 one.
      ...["AlertProxyDropIP", "AlertProxyDropIP"],
      "AlertProxyDropNonStandardPort",
      "AlertProxyExfilDomains",
    ],
  },
  {
    file: "apache.log",
    what: "Apache, combined log",
    events: 4,
    parsers: ["web-access"],
    all: { category: "web", severity: "INFO" },
    first: {
      utctimestamp: "2026-03-10T09:11:05.000Z",
      "details.method": "GET",
      "details.uri": "/login",
      "details.status_code": 200,
      "details.sourceipaddress": "198.51.100.73",
    },
    alerts: [],
  },
  {
    file: "nginx-filebeat.ndjson",
    what: "nginx, Filebeat",
    events: 3,
    parsers: ["ecs", "web-access"],
    all: { category: "web", hostname: "lb2" },
    first: {
      utctimestamp: "2026-03-10T09:12:41.000Z",
      "details.uri": "/api/items?id=7",
      "details.sourceipaddress": "198.51.100.75",
    },
    alerts: [],
  },
  {
    file: "cef.log",
    what: "CEF, syslog",
    events: 3,
    parsers: ["syslog", "cef"],
    all: { hostname: "sensor-a", "details.deviceproduct": "Border Guard" },
    first: {
      summary: "Port scan dropped",
      utctimestamp: "2026-03-10T09:14:10.000Z",
      "details.sourceipaddress": "198.51.100.77",
      "details.destinationport": "23",
      "details.cs1": "no=telnet",
    },
    alerts: [],
  },
  {
    file: "leef.log",
    what: "LEEF 1.0 and 2.0, syslog",
    events: 3,
    parsers: ["syslog", "leef"],
    all: { hostname: "mailgw2", "details.deviceproduct": "Gate" },
    first: {
      summary: "SPAM_DROPPED",
      utctimestamp: "2026-03-10T09:15:19Z",
      "details.sourceipaddress": "198.51.100.78",
      "details.username": "carla@example.org",
    },
    alerts: [],
  },
];
