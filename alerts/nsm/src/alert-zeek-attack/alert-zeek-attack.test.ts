import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertZeekAttack } from "./alert-zeek-attack.ts";

const noted = (note: string, more: object = {}) => ({ details: { note, ...more } });
const from = (sourceipaddress: string | null) => ({ details: { sourceipaddress } });
const summaryOf = (what: string, { count = 1, source = "192.0.2.7", targets = " to 10.1.2.3" } = {}): string =>
  `Attack from ${source}${targets}: ${what}, ${count} notices`;
const NAMELESS = { source: "a source that is not named" };
const FTP = "FTP passwords guessed (FTP::Bruteforcing)";
const PHRASED = /^Attack from /;

describeAlert(AlertZeekAttack, {
  event: {
    category: "bro",
    source: "notice",
    details: { note: "FTP::Bruteforcing", sourceipaddress: "192.0.2.7", destinationipaddress: "10.1.2.3" },
  },
  alert: { category: "nsm", tags: ["nsm", "zeek", "attack"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one notice", events: [{}], alert: { summary: summaryOf(FTP) } },
    {
      name: "the category of today",
      events: [{ category: "zeek" }, { category: "zeek", ...from(null) }],
      alerts: [{ summary: summaryOf(FTP) }, { summary: summaryOf(FTP, NAMELESS) }],
    },
    ...[
      ["SSH::Password_Guessing", "SSH passwords guessed"],
      ["RDP::Brute_Force", "RDP passwords guessed"],
      ["HTTP::SQL_Injection_Attacker", "SQL injection tried"],
      ["HTTP::SQL_Injection_Victim", "target of SQL injection"],
      ["Heartbleed::SSL_Heartbeat_Attack", "Heartbleed tried"],
      ["ATTACK::Discovery", "technique of MITRE ATT&CK"],
      ["Signatures::Sensitive_Signature", "signature of an attack"],
      ["Signatures::Multiple_Signatures", "several signatures for one host"],
      ["Signatures::Multiple_Sig_Responders", "one signature for many hosts"],
    ].map(([note = "", words]) => ({
      name: note,
      events: [noted(note), noted(note, { sourceipaddress: null })],
      alerts: [summaryOf(`${words} (${note})`), summaryOf(`${words} (${note})`, NAMELESS)].map((summary) => ({
        summary,
        severity: "WARNING",
      })),
    })),
    ...[
      ["SSH::Login_By_Password_Guesser", "SSH login of a password guesser"],
      ["HTTP::Possible_Webshell", "web shell"],
      ["Heartbleed::SSL_Heartbeat_Attack_Success", "Heartbleed, answered with memory"],
      ["FTP::Site_Exec_Success", "command run by SITE EXEC of FTP"],
      ["CVE_2021_44228::LOG4J_SUCCESS", "exploit of a known vulnerability"],
      ["Log4j::Attempt", "Log4Shell"],
      ["Zerologon::Zerologon_Attempt", "Zerologon"],
      ["EternalSafety::EternalBlue", "exploit of SMB version 1"],
      ["ATTACK::Lateral_Movement_Multiple_Attempts", "lateral movement over SMB or RPC"],
      ["TeamCymruMalwareHashRegistry::Match", "known malware transferred"],
    ].map(([note = "", words]) => ({
      name: note,
      events: [noted(note), noted(note, { sourceipaddress: null })],
      alerts: [summaryOf(`${words} (${note})`), summaryOf(`${words} (${note})`, NAMELESS)].map((summary) => ({
        summary,
        severity: "CRITICAL",
      })),
    })),
    ...[
      ["Heartbleed::SSL_Heartbeat_Odd_Length", "heartbeat of odd length"],
      ["Heartbleed::SSL_Heartbeat_Many_Requests", "many heartbeats"],
    ].map(([note = "", words]) => ({
      name: note,
      events: [noted(note), noted(note, { sourceipaddress: null })],
      alerts: [summaryOf(`${words} (${note})`), summaryOf(`${words} (${note})`, NAMELESS)].map((summary) => ({
        summary,
        severity: "NOTICE",
        notify_mozdefbot: false,
      })),
    })),
    {
      name: "several kinds and targets are one alert, as bad as the worst",
      events: at("-60s").every("1s", 12, (position) =>
        noted(position === 5 ? "Heartbleed::SSL_Heartbeat_Attack_Success" : "Heartbleed::SSL_Heartbeat_Odd_Length", {
          destinationipaddress: `10.0.0.${position}`,
        }),
      ),
      alert: {
        summary: summaryOf(
          "heartbeat of odd length (Heartbleed::SSL_Heartbeat_Odd_Length), Heartbleed, answered with memory (Heartbleed::SSL_Heartbeat_Attack_Success)",
          {
            count: 12,
            targets: ` to ${[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `10.0.0.${n}`).join(", ")} and 2 more`,
          },
        ),
        severity: "CRITICAL",
      },
      embeds: 10,
    },
    {
      name: "exactly ten targets",
      events: at("-60s").every("1s", 10, (position) =>
        noted("FTP::Bruteforcing", { destinationipaddress: `10.0.0.${position}` }),
      ),
      alert: { summary: /, 10\.0\.0\.9: FTP passwords guessed/ },
    },
    {
      name: "two sources on two sensors, each with an alert",
      events: [{ hostname: "sensor1" }, { ...from("2001:db8::7"), hostname: "sensor1" }],
      alerts: [{ summary: summaryOf(FTP) }, { summary: summaryOf(FTP, { source: "2001:db8::7" }) }],
    },
    {
      name: "one source, seen by two sensors",
      events: [{ hostname: "sensor1" }, { hostname: "sensor2" }],
      alert: { summary: summaryOf(FTP, { count: 2 }) },
    },
    {
      name: "no source is named: one alert for each kind of notice",
      events: [
        ...[1, 2].map((sensor) => ({
          ...noted("TeamCymruMalwareHashRegistry::Match", { sourceipaddress: null, destinationipaddress: null }),
          hostname: `sensor${sensor}`,
        })),
        { ...noted("Log4j::Attempt", { sourceipaddress: null }), hostname: "sensor1" },
      ],
      alerts: [
        {
          summary: summaryOf("known malware transferred (TeamCymruMalwareHashRegistry::Match)", {
            count: 2,
            source: "a source that is not named",
            targets: "",
          }),
          severity: "CRITICAL",
        },
        {
          summary: summaryOf("Log4Shell (Log4j::Attempt)", { source: "a source that is not named" }),
          severity: "CRITICAL",
        },
      ],
    },
    {
      name: "more notices without a source than an alert carries",
      events: at("-60s").every("1s", 11, from(null)),
      alert: { summary: summaryOf(FTP, { count: 11, source: "a source that is not named" }) },
      embeds: 10,
    },
    {
      name: "exactly fifteen minutes old, the edge, with and without a source",
      events: [at("-15m").once(), at("-15m").once(from(null))],
      alerts: [{ summary: PHRASED }, { summary: PHRASED }],
    },
    {
      name: "a notice of one's own",
      config: { more_notes: ["Ours::*"] },
      events: [noted("Ours::Door_Kicked_In"), noted("Ours::Window_Broken", { sourceipaddress: null })],
      alerts: [
        { summary: summaryOf("attack (Ours::Door_Kicked_In)") },
        { summary: summaryOf("attack (Ours::Window_Broken)", NAMELESS) },
      ],
    },
    {
      name: "an attack on a tester",
      config: { testers: ["10.1.0.0/16"] },
      events: [{}],
      alert: { summary: summaryOf(FTP) },
    },
  ],
  silent: [
    {
      name: "a second older than the window",
      events: at("-15m1s").every("0s", 2, (n) => from(n === 0 ? null : "192.0.2.7")),
    },
    { name: "another category", events: [{ category: "syslog" }, { category: "syslog", ...from(null) }] },
    { name: "another source", events: [{ source: "ftp" }, { source: "ftp", ...from(null) }] },
    ...["SSL::Weak_Key", "Scan::Port_Scan", "FTP::Bruteforcing_Ended", "Exploit"].map((note) => ({
      name: `the notice ${note}`,
      events: [noted(note), noted(note, { sourceipaddress: null })],
    })),
    {
      name: "a notice that is not looked for",
      config: { except_notes: ["FTP::*"] },
      events: [{}, from(null)],
    },
    { name: "a machine that tests", config: { testers: ["192.0.2.0/28"] }, events: [{}] },
  ],
});

test("AlertZeekAttack takes its lists as texts with commas and refuses what is not a network", () => {
  expect(createTask(AlertZeekAttack, { testers: "10.0.0.0/8, fc00::/7" }).config).toMatchObject({
    testers: ["10.0.0.0/8", "fc00::/7"],
  });
  expect(() => createTask(AlertZeekAttack, { testers: "10.1.2.3" })).toThrow(/testers\.0/);
});
