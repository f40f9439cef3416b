import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertManyVPNDuoAuthFailures } from "./alert-many-vpn-duo-auth-failures.ts";

const from = (ip: string | null) => ({ details: { ip } });

describeAlert(AlertManyVPNDuoAuthFailures, {
  event: {
    category: "event",
    tags: ["duosecurity"],
    details: {
      integration: "global and external openvpn",
      result: "FAILURE",
      username: "tester@example.com",
      ip: "1.2.3.4",
    },
  },
  alert: { category: "openvpn", tags: ["vpn", "auth", "duo"], severity: "NOTICE", notify_mozdefbot: false },
  fires: [
    {
      name: "five failures, the threshold",
      events: repeat(5),
      alert: { summary: "5 openvpn authentication attempts by tester@example.com 1.2.3.4 (5 hits)" },
    },
    {
      name: "six failures carry the five oldest",
      events: at("-60s").every("1s", 6),
      alert: { summary: "6 openvpn authentication attempts by tester@example.com 1.2.3.4 (6 hits)" },
      embeds: 5,
    },
    {
      name: "exactly two minutes old, the edge of the window",
      events: at("-2m").every("0s", 5),
      alert: { summary: "5 openvpn authentication attempts by tester@example.com 1.2.3.4 (5 hits)" },
    },
    {
      name: "the five most common of six sources, over all events",
      events: [1, 2, 3, 4, 5, 6].map((count) => repeat(count, from(`2001:db8::${count}`))),
      alert: {
        summary:
          "21 openvpn authentication attempts by tester@example.com 2001:db8::6 (6 hits) 2001:db8::5 (5 hits) 2001:db8::4 (4 hits) 2001:db8::3 (3 hits) 2001:db8::2 (2 hits)",
      },
    },
    {
      name: "failures without a source are counted, but name none",
      events: [repeat(4, from(null)), {}],
      alert: { summary: "5 openvpn authentication attempts by tester@example.com 1.2.3.4 (1 hits)" },
    },
    {
      name: "two users, each with an alert",
      events: [repeat(6), repeat(5, { details: { username: "zoë" } })],
      alerts: [
        { summary: "6 openvpn authentication attempts by tester@example.com 1.2.3.4 (6 hits)" },
        { summary: "5 openvpn authentication attempts by zoë 1.2.3.4 (5 hits)" },
      ],
    },
    {
      name: "more than a thousand failures",
      events: repeat(1_001),
      alert: { summary: "1001 openvpn authentication attempts by tester@example.com 1.2.3.4 (1001 hits)" },
    },
  ],
  silent: [
    { name: "four failures, one below the threshold", events: repeat(4) },
    { name: "a second older than the window", events: at("-2m1s").every("0s", 5) },
    { name: "another category", events: repeat(5, { category: "authentication" }) },
    { name: "another tag", events: repeat(5, { tags: ["duo"] }) },
    { name: "another integration", events: repeat(5, { details: { integration: "openvpn" } }) },
    { name: "second factors that worked", events: repeat(5, { details: { result: "SUCCESS" } }) },
    { name: "no user name", events: repeat(5, { details: { username: null } }) },
    { name: "five failures of two users", events: [repeat(4), { details: { username: "zoë" } }] },
  ],
});
