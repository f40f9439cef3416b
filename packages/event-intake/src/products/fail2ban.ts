import { present } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readAddress } from "../values/read-address.ts";

/** Its own file: `2026-05-04 11:00:00,250 fail2ban.actions        [77]: NOTICE  [sshd] Ban 203.0.113.61`. */
const FILE =
  /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}[,.]\d{3}) (fail2ban\.\w{1,40}) {1,40}\[(\d{1,10})\]: ([A-Z]{4,8}) +/;

const JAIL = /^(?:[A-Z]{4,8} +)?\[([^\]\s]{1,100})\] (Found|Ban|Unban|Restore Ban|Increase Ban|Ignore) (\S+)/;

/** @see fail2ban `server/actions.py`, `server/filter.py`; MozDef `mq/plugins/sshdFindIP.py` */
export const fail2ban: Parser = {
  name: "fail2ban",
  recognise: ({ program, text }) =>
    program?.startsWith("fail2ban") === true ? JAIL.test(text.trim()) : FILE.test(text),
  parse: ({ text }) => {
    const file = FILE.exec(text);
    const [, utctimestamp, processname, processid, severity] = file ?? [];
    const message = text.slice(file?.[0].length ?? 0).trim();
    const [, jail, action, address] = JAIL.exec(message) ?? [];
    const sourceipaddress = address === undefined ? undefined : (readAddress(address)?.address ?? address);
    return {
      category: "syslog",
      ...(file !== null && { utctimestamp, processname, processid, severity, summary: message }),
      details: present({ program: processname, jail, action, sourceipaddress }),
    };
  },
};
