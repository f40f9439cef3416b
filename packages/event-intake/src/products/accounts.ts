import type { JsonObject } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { type Form, namesOf, readForms } from "./forms.ts";

const LOGIN: readonly Form[] = [
  [
    /^FAILED LOGIN (?:\(\d+\)|\d+)(?: on '[^']*')?(?: FROM '?([^\s']+)'?)? FOR '?(.*?)'?, /,
    ...namesOf("sourceipaddress username"),
  ],
  [/^LOGIN ON (\S+) BY (\S+)(?: FROM (\S+))?$/, ...namesOf("device username sourceipaddress")],
  [/^ROOT LOGIN ON (\S+)(?: FROM (\S+))?$/, ...namesOf("device sourceipaddress")],
];

const LOGIND: readonly Form[] = [[/^New session \S+ of user (\S+)\.$/, "username"]];

const SHADOW: readonly Form[] = [
  [/^new user: name=([^,\s]+), /, "username"],
  [/^(?:delete|change) user '([^']+)'/, "username"],
  [/^(?:add|remove|delete) '([^']+)' (?:to|from) (?:shadow )?group '([^']+)'/, ...namesOf("username group")],
  [/^user ([^\s']+) (?:added|removed) by (\S+) (?:to|from) group (\S+)/, ...namesOf("username originuser group")],
  [/^new group: name=([^,\s]+), /, "group"],
  [/^password for '([^']+)' changed by '([^']+)'/, ...namesOf("username originuser")],
];

/** What each program says of accounts. @see util-linux `login-utils/login.c`; systemd `logind-session.c`; shadow `src/useradd.c` */
const BY_PROGRAM: ReadonlyMap<string, readonly Form[]> = new Map([
  ["login", LOGIN],
  ["systemd-logind", LOGIND],
  ...namesOf("useradd usermod userdel groupadd gpasswd passwd").map((name) => [name, SHADOW] as const),
]);

/** Logins at the machine itself, and changes of its accounts. */
export const accounts: Parser = {
  name: "accounts",
  recognise: ({ program, text }) => readAccount(program, text) !== undefined,
  parse: ({ program, text }) => {
    const { username, ...others } = readAccount(program, text) ?? {};
    // In place of a name that does not exist, which may be a password.
    return { category: "syslog", details: username === "UNKNOWN" ? others : { username, ...others } };
  },
};

const readAccount = (program: string | undefined, text: string): JsonObject | undefined => {
  const forms = BY_PROGRAM.get(program ?? "");
  return forms === undefined ? undefined : readForms(forms, text.trim());
};
