import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { ldapDelete } from "./ldap-delete.ts";

const ACTOR = "mail=tester@example.com,o=com,dc=example";
const DN = "mail=user@example.com,o=com,dc=example";

describeAlert(ldapDelete, {
  event: { category: "ldapChange", details: { changetype: "delete", actor: ACTOR, dn: DN } },
  alert: { category: "ldap", tags: ["ldap"], severity: "INFO", notify_mozdefbot: false },
  fires: [
    { name: "an entry that was deleted", events: [{}], alert: { summary: `${ACTOR} deleted ${DN}` } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: `${ACTOR} deleted ${DN}` },
    },
    {
      name: "two entries are two alerts",
      events: [{}, { details: { actor: "cn=zoë", dn: "cn=ü" } }],
      alerts: [{ summary: `${ACTOR} deleted ${DN}` }, { summary: "cn=zoë deleted cn=ü" }],
    },
    {
      name: "no actor and no entry",
      events: [{ details: { actor: null, dn: null } }],
      alert: { summary: "unknown deleted unknown" },
    },
    {
      name: "bind in other letters",
      events: [{ details: { actor: "cn=Bind" } }],
      alert: { summary: `cn=Bind deleted ${DN}` },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "ldap" }] },
    { name: "another change", events: [{ details: { changetype: "add" } }] },
    { name: "a service that binds", events: [{ details: { actor: "uid=bind-sync,ou=logins,dc=example" } }] },
  ],
});
