import { type JsonObject, present } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** `dora : `, or `dora : 2 incorrect password attempts ; `, then `TTY=pts/3 ; .. ; COMMAND=..`. */
const LINE = /^(\S{1,255}) : (.*)$/s;

const PART = /^([A-Z]{2,10})=(.*)$/s;

const NAMES: ReadonlyMap<string, string> = new Map([
  ["TTY", "device"],
  ["PWD", "cwd"],
  ["USER", "targetuser"],
  ["COMMAND", "command"],
]);

/** @see sudo `lib/eventlog/eventlog.c`, `new_logline` */
export const sudo: Parser = {
  name: "sudo",
  recognise: ({ program, text }) => program === "sudo" && LINE.test(text.trim()),
  parse: ({ text }) => {
    const [, username, rest = ""] = LINE.exec(text.trim()) ?? [];
    return { category: "syslog", details: present({ username, ...readParts(rest) }) };
  },
};

/** The command is the last part, whatever is in it. A path may look like parts: of two with one name the latter counts. */
const readParts = (text: string): JsonObject => {
  const start = text.startsWith("COMMAND=") ? 0 : text.indexOf(" ; COMMAND=");
  const [before, command] = start === -1 ? [text, ""] : [text.slice(0, start), text.slice(start).replace(/^ ; /, "")];
  const parts = before.split(" ; ").filter((part) => part !== "");
  const named = [...parts, command].flatMap((part) => {
    const [, name = "", value] = PART.exec(part) ?? [];
    const field = NAMES.get(name);
    return field === undefined ? [] : [[field, value] as const];
  });
  const [reason] = parts;
  const hasReason = reason !== undefined && !PART.test(reason);
  return { ...Object.fromEntries(named), ...(hasReason && { reason }) };
};
