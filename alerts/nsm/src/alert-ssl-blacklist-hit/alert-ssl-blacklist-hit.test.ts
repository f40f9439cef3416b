import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertSSLBlacklistHit } from "./alert-ssl-blacklist-hit.ts";

const HIT = "Bro intel match of Intel::CERT_HASH in X509::IN_CERT";

describeAlert(AlertSSLBlacklistHit, {
  event: {
    eventsource: "nsm",
    category: "brointel",
    hostname: "sensor1",
    summary: HIT,
    details: { sources: "abuse.ch SSLBL", sourceipaddress: "10.0.0.1" },
  },
  alert: { category: "correlatedalerts", tags: ["nsm,bro,correlated"], severity: "NOTICE", notify_mozdefbot: false },
  fires: [
    { name: "a certificate on the list", events: [{}], alert: { summary: `sensor1 ${HIT}` } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: `sensor1 ${HIT}` },
    },
    {
      name: "several lists, this one among them, and IPv6",
      events: [{ details: { sources: ["other", "abuse.ch SSLBL"], sourceipaddress: "2001:db8::7" } }],
      alert: { summary: `sensor1 ${HIT}` },
    },
    {
      name: "two hits are two alerts",
      events: [{}, { hostname: "sensor2", summary: "bücher.example" }],
      alerts: [{ summary: `sensor1 ${HIT}` }, { summary: "sensor2 bücher.example" }],
    },
    {
      name: "neither host name nor summary",
      events: [{ hostname: null, summary: null }],
      alert: { summary: "unknown unknown" },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another sender", events: [{ eventsource: "systemslogs" }] },
    { name: "another category", events: [{ category: "bro" }] },
    { name: "another list", events: [{ details: { sources: "abuse.ch Feodo" } }] },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
  ],
});
