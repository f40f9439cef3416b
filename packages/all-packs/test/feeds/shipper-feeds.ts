import type { Feed } from "./feed.ts";

const GUESSING = ["AlertBruteforceSsh", "AlertSshPasswordGuessing"];

/** Ten failed logins of one address, as further shippers send them. */
export const SHIPPER_FEEDS: readonly Feed[] = [
  {
    file: "sshd-vector.ndjson",
    what: "OpenSSH, Vector (`syslog` source)",
    events: 11,
    parsers: ["vector", "sshd"],
    all: { category: "syslog", hostname: "ci3", severity: "INFO", "details.sourceipaddress": "198.51.100.95" },
    first: {
      summary: "Failed publickey for invalid user ubuntu from 198.51.100.95 port 41100 ssh2",
      utctimestamp: "2026-03-10T09:18:02Z",
      "details.eventsourceipaddress": "192.0.2.62",
    },
    alerts: GUESSING,
  },
  {
    file: "sshd-fluent-bit.ndjson",
    what: "OpenSSH, Fluent Bit (`http` output, a list)",
    events: 10,
    parsers: ["fluent-bit", "sshd"],
    all: { category: "syslog", hostname: "edge12", severity: "INFO", "details.sourceipaddress": "198.51.100.96" },
    first: {
      summary: "Failed password for invalid user minecraft from 198.51.100.96 port 42100 ssh2",
      utctimestamp: "2026-03-10T09:18:03.250Z",
      processid: "1500",
    },
    alerts: GUESSING,
  },
  {
    file: "sshd-fluentd.ndjson",
    what: "OpenSSH, Fluentd (`syslog` input)",
    events: 10,
    parsers: ["fluentd", "sshd"],
    all: { category: "syslog", hostname: "queue6", severity: "INFO", "details.sourceipaddress": "198.51.100.97" },
    first: {
      summary: "Failed password for invalid user ec2-user from 198.51.100.97 port 43100 ssh2",
      utctimestamp: "2026-03-10T09:18:05+00:00",
      processid: "1700",
    },
    alerts: GUESSING,
  },
  {
    file: "sshd-logstash.ndjson",
    what: "OpenSSH, Logstash (`syslog` input)",
    events: 10,
    parsers: ["logstash", "sshd"],
    all: { category: "syslog", hostname: "wiki9", severity: "INFO", "details.sourceipaddress": "2001:db8:5::e4" },
    first: {
      summary: "Failed password for invalid user git from 2001:db8:5::e4 port 44100 ssh2",
      utctimestamp: "2026-03-10T09:18:06.000Z",
      "details.eventsourceipaddress": "192.0.2.63",
    },
    alerts: GUESSING,
  },
  {
    file: "sshd-nxlog.ndjson",
    what: "OpenSSH, NXLog (`im_udp`)",
    events: 10,
    parsers: ["nxlog", "sshd"],
    all: { category: "syslog", hostname: "print7", severity: "INFO", "details.sourceipaddress": "198.51.100.98" },
    first: {
      summary: "Failed password for invalid user support from 198.51.100.98 port 46100 ssh2",
      utctimestamp: "2026-03-10T09:18:07.000Z",
      "details.eventsourceipaddress": "192.0.2.64",
    },
    alerts: GUESSING,
  },
  {
    file: "sshd-splunk-hec.log",
    what: "OpenSSH, Splunk HEC (one after the other)",
    events: 10,
    parsers: ["splunk-hec", "syslog", "sshd"],
    all: { category: "syslog", hostname: "app21", "details.sourceipaddress": "198.51.100.99" },
    first: {
      summary: "Failed password for invalid user tomcat from 198.51.100.99 port 48100 ssh2",
      utctimestamp: "2026-03-10T09:18:08.000Z",
      "details.sourcetype": "linux_secure",
    },
    alerts: GUESSING,
  },
  {
    file: "sshd-otlp.json",
    what: "OpenSSH, OpenTelemetry Collector (OTLP, over several lines)",
    events: 10,
    parsers: ["otlp", "sshd"],
    all: { category: "syslog", hostname: "lab14", severity: "INFO", "details.sourceipaddress": "198.51.100.101" },
    first: {
      summary: "Failed password for invalid user sysadmin from 198.51.100.101 port 49100 ssh2",
      utctimestamp: "2026-03-10T09:18:09.000Z",
      processid: "2800",
    },
    alerts: GUESSING,
  },
  {
    file: "sshd-gelf.ndjson",
    what: "OpenSSH, GELF",
    events: 10,
    parsers: ["gelf", "sshd"],
    all: { category: "syslog", hostname: "dns5", severity: "INFO", "details.sourceipaddress": "198.51.100.102" },
    first: {
      summary: "Failed password for invalid user zabbix from 198.51.100.102 port 50100 ssh2",
      utctimestamp: "2026-03-10T09:18:10.125Z",
      processid: "3000",
    },
    alerts: GUESSING,
  },
  {
    file: "mozdef.ndjson",
    what: "MozDef's own events (LDAP, the triage bot)",
    events: 6,
    parsers: ["json"],
    all: { hostname: "ldap3.example.org", source: "openldap", severity: "INFO" },
    first: {
      category: "ldapChange",
      summary: "add ou=people entry",
      utctimestamp: "2026-03-10T09:08:01+00:00",
      "details.changetype": "add",
    },
    alerts: [
      "AlertLdapBruteforceUser",
      "AlertTriageBotEscalation",
      "ldapAdd",
      "ldapDelete",
      "ldapGroupModify",
      "ldapLockout",
    ],
  },
];
