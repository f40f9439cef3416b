import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { ldapLockout } from "./ldap-lockout.ts";

const DN = "mail=tester@example.com,o=com,dc=mozilla";

describeAlert(ldapLockout, {
  event: {
    category: "ldapChange",
    details: { actor: "cn=admin,dc=mozilla", changepairs: ["replace:pwdAccountLockedTime"], dn: DN },
  },
  alert: { category: "ldap", tags: ["ldap"], severity: "NOTICE", notify_mozdefbot: false },
  fires: [
    { name: "an account that was locked", events: [{}], alert: { summary: `${DN} LDAP account locked` } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: `${DN} LDAP account locked` },
    },
    {
      name: "two accounts are two alerts, the change in a nested list too",
      events: [{}, { details: { dn: "cn=zoë", changepairs: [["add:x"], ["replace:pwdAccountLockedTime"]] } }],
      alerts: [{ summary: `${DN} LDAP account locked` }, { summary: "cn=zoë LDAP account locked" }],
    },
    { name: "no account", events: [{ details: { dn: null } }], alert: { summary: "unknown LDAP account locked" } },
    {
      name: "an actor of one's own",
      config: { actor: "cn=admin,dc=example" },
      events: [{ details: { actor: "cn=admin,dc=example" } }],
      alert: { summary: `${DN} LDAP account locked` },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "ldap" }] },
    { name: "a person who does it", events: [{ details: { actor: "mail=tester@example.com" } }] },
    { name: "another change", events: [{ details: { changepairs: ["replace:pwdChangedTime"] } }] },
    { name: "a change that only begins so", events: [{ details: { changepairs: ["replace:pwdAccountLockedTimes"] } }] },
    { name: "the shipped actor is replaced", config: { actor: "cn=admin,dc=example" }, events: [{}] },
  ],
});
