import { present } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readAddress } from "../values/read-address.ts";

const LOGIN =
  /^(Successful|Failed|Failsafe|Skipped|Aborted) Duo login for (?:'([^']*)'|([^\s:']+))(?: from ([^\s:][^\s]*?))?(?:: (.*))?$/s;

/** Duo before a VPN or a shell; alerts ask for `Failsafe Duo login`. @see duo_unix `lib/duo.c`, `duo_log` */
export const duoUnix: Parser = {
  name: "duo-unix",
  recognise: ({ text }) => LOGIN.test(text.trim()),
  parse: ({ text }) => {
    const [, result, quoted, plain, from, reason] = LOGIN.exec(text.trim()) ?? [];
    const sourceipaddress = from === undefined ? undefined : (readAddress(from)?.address ?? from);
    return { category: "syslog", details: present({ result, username: quoted ?? plain, sourceipaddress, reason }) };
  },
};
