import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { ldapAdd } from "./ldap-add.ts";

const ACTOR = "mail=tester@example.com,o=com,dc=example";
const DN = "mail=user@example.com,o=com,dc=example";

describeAlert(ldapAdd, {
  event: { category: "ldapChange", details: { changetype: "add", actor: ACTOR, dn: DN } },
  alert: { category: "ldap", tags: ["ldap"], severity: "INFO", notify_mozdefbot: false },
  fires: [
    { name: "an entry that was added", events: [{}], alert: { summary: `${ACTOR} added ${DN}` } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: `${ACTOR} added ${DN}` },
    },
    {
      name: "two entries are two alerts",
      events: [{}, { details: { actor: "cn=zoë", dn: "cn=ü" } }],
      alerts: [{ summary: `${ACTOR} added ${DN}` }, { summary: "cn=zoë added cn=ü" }],
    },
    {
      name: "no actor and no entry",
      events: [{ details: { actor: null, dn: null } }],
      alert: { summary: "unknown added unknown" },
    },
    {
      name: "bind in other letters",
      events: [{ details: { actor: "cn=Bind" } }],
      alert: { summary: `cn=Bind added ${DN}` },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "ldap" }] },
    { name: "another change", events: [{ details: { changetype: "delete" } }] },
    { name: "a service that binds", events: [{ details: { actor: "uid=bind-sync,ou=logins,dc=example" } }] },
  ],
});
