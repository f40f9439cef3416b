import type { Parser } from "../event/parser.ts";
import { type Form, namesOf, readForms } from "./forms.ts";

const FORMS: readonly Form[] = [
  [/^(?:FAILED SU )?\(to (\S+)\) (\S+) on (\S+)$/, ...namesOf("username originuser device")],
  [/^(?:Successful|FAILED) su for (\S+) by (\S+)$/, ...namesOf("username originuser")],
  [/^(?:BAD SU )?(\S+) to (\S+) on (\S+)$/, ...namesOf("originuser username device")],
  [/^[+-] (\S+) ([^\s:]+):(\S+)$/, ...namesOf("device originuser username")],
];

/** su of util-linux, shadow and BSD. @see util-linux `login-utils/su-common.c`, `log_syslog` */
export const su: Parser = {
  name: "su",
  recognise: ({ program, text }) => program === "su" && readForms(FORMS, text.trim()) !== undefined,
  parse: ({ text }) => ({ category: "syslog", details: readForms(FORMS, text.trim()) ?? {} }),
};
