import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertDuoFailOpen } from "./alert-duo-fail-open.ts";

const summaryOf = (host: string): string => `DuoSecurity contact failed, fail open triggered on ${host}`;

describeAlert(AlertDuoFailOpen, {
  event: { summary: "Failsafe Duo login for 'tester': HTTP request failed" },
  alert: { category: "bypass", tags: ["openvpn", "duosecurity"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one login", events: [{}], alert: { summary: summaryOf("exhostname") } },
    {
      name: "eleven logins carry the ten oldest",
      events: at("-60s").every("1s", 11),
      alert: { summary: summaryOf("exhostname") },
      embeds: 10,
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf("exhostname") },
    },
    {
      name: "two hosts, each with an alert",
      events: [repeat(2), { hostname: "vpn-ü" }],
      alerts: [{ summary: summaryOf("exhostname") }, { summary: summaryOf("vpn-ü") }],
    },
    { name: "more than a thousand logins", events: repeat(1_001), alert: { summary: summaryOf("exhostname") } },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another text", events: [{ summary: "Successful Duo login for 'tester'" }] },
    { name: "the words apart", events: [{ summary: "Failsafe for Duo: login" }] },
    { name: "no host name", events: [{ hostname: null }] },
  ],
});
