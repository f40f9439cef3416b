import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { ldapGroupModify } from "./ldap-group-modify.ts";

const summaryOf = (email: string): string => `LDAP group change initiated by ${email}`;

describeAlert(ldapGroupModify, {
  event: {
    category: "ldapChange",
    summary: "LDAP modify cn=admins,ou=groups,dc=example",
    details: {
      changetype: "modify",
      actor: "mail=tester@example.com,o=com,dc=example",
      email: "tester@example.com",
      changepairs: ["add:memberUid"],
    },
  },
  alert: { category: "ldap", tags: ["ldap"], severity: "INFO", notify_mozdefbot: false },
  fires: [
    { name: "one change", events: [{}], alert: { summary: summaryOf("tester@example.com") } },
    {
      name: "fifty-one changes carry the fifty oldest",
      events: at("-60s").every("1s", 51),
      alert: { summary: summaryOf("tester@example.com") },
      embeds: 50,
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf("tester@example.com") },
    },
    {
      name: "two people, each with an alert",
      events: [repeat(2), { details: { email: "zoë@example.com" } }],
      alerts: [{ summary: summaryOf("tester@example.com") }, { summary: summaryOf("zoë@example.com") }],
    },
    {
      name: "removals of something else",
      events: [{ details: { changepairs: ["delete:description"] } }],
      alert: { summary: summaryOf("tester@example.com") },
    },
    {
      name: "more than a thousand changes",
      events: repeat(1_001),
      alert: { summary: summaryOf("tester@example.com") },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "ldap" }] },
    { name: "another change", events: [{ details: { changetype: "add" } }] },
    { name: "a change of something else than groups", events: [{ summary: "LDAP modify ou=people" }] },
    { name: "a service that binds", events: [{ details: { actor: "uid=bind-sync,ou=logins,dc=example" } }] },
    { name: "a member removed", events: [{ details: { changepairs: ["replace:x", "delete:memberUid"] } }] },
    {
      name: "a member removed, in nested lists",
      events: [{ details: { changepairs: [["delete:uniquemember", "x"]] } }],
    },
    { name: "no address of a person", events: [{ details: { email: null } }] },
  ],
});
