import type { AuditRecord } from "../lines/audit-record.ts";

/** What an event of auditd is about, in the words of audisp-json. */
export interface AuditKind {
  readonly category: string;
  readonly summary: string;
  readonly command?: string | undefined;
  readonly path?: string | undefined;
}

/** How the names of calls begin, and the category and the first word of the summary that they get. */
const CALLS: readonly (readonly [pattern: RegExp, category: string, word: string])[] = [
  [/^(?:p?write|open|creat$|unlink|rename|f?truncate|link|symlink|mkdir|rmdir|mknod)/, "write", "Write"],
  [/^[fl]?(?:set|remove)xattr/, "attribute", "Attribute"],
  [/^f?chmod/, "chmod", "Chmod"],
  [/^[fl]?chown/, "chown", "Chown"],
];

const tableOf = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(" ").map((entry) => [entry.slice(0, entry.indexOf(":")), entry.slice(entry.indexOf(":") + 1)]));

/** Numbers of the calls of x86_64 and of aarch64; others are known by name only. @see Linux `syscall_64.tbl`, `unistd.h` */
const NUMBERS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    "c000003e",
    tableOf(
      "1:write 2:open 59:execve 76:truncate 77:ftruncate 82:rename 83:mkdir 84:rmdir 85:creat 86:link 87:unlink 88:symlink 90:chmod " +
        "91:fchmod 92:chown 93:fchown 94:lchown 101:ptrace 133:mknod 188:setxattr 189:lsetxattr 190:fsetxattr 197:removexattr " +
        "198:lremovexattr 199:fremovexattr 257:openat 258:mkdirat 259:mknodat 260:fchownat 263:unlinkat 264:renameat 265:linkat " +
        "266:symlinkat 268:fchmodat 316:renameat2 322:execveat 437:openat2",
    ),
  ],
  [
    "c00000b7",
    tableOf(
      "5:setxattr 6:lsetxattr 7:fsetxattr 14:removexattr 15:lremovexattr 16:fremovexattr 33:mknodat 34:mkdirat 35:unlinkat " +
        "36:symlinkat 37:linkat 38:renameat 45:truncate 46:ftruncate 52:fchmod 53:fchmodat 54:fchownat 55:fchown 56:openat 64:write " +
        "117:ptrace 221:execve 276:renameat2 281:execveat 437:openat2",
    ),
  ],
]);

/** undefined when audisp-json has no word for it. */
export const kindOf = (records: readonly AuditRecord[]): AuditKind | undefined => {
  const ofType = (type: string): AuditRecord | undefined => records.find((record) => record.type === type);
  const promiscuous = ofType("ANOM_PROMISCUOUS");
  if (promiscuous !== undefined) return promiscuousKind(promiscuous);
  const call = ofType("SYSCALL");
  const name = call === undefined ? undefined : callOf(call);
  if (ofType("EXECVE") !== undefined || name?.startsWith("execve") === true) return executionKind(records, call);
  if (name === "ptrace") return { category: "ptrace", summary: "Ptrace" };
  if (name === undefined || (call !== undefined && isRead(name, call))) return undefined;
  const [, category, word] = CALLS.find(([pattern]) => pattern.test(name)) ?? [];
  if (category === undefined || word === undefined) return undefined;
  const path = pathOf(records);
  return { category, summary: path === undefined ? word : `${word}: ${path}`, path };
};

const callOf = ({ values, enriched }: AuditRecord): string | undefined =>
  enriched.get("SYSCALL") ?? NUMBERS.get(values.get("arch") ?? "")?.get(values.get("syscall") ?? "");

/** Flags of open: the two bits of its mode, and those that create and empty files. */
const WRITES = 0x3 | 0x40 | 0x200;

/** Rules may watch who reads a file, too. */
const isRead = (name: string, { values }: AuditRecord): boolean => {
  const flags = name === "open" ? values.get("a1") : name === "openat" ? values.get("a2") : undefined;
  return flags !== undefined && (Number.parseInt(flags.slice(-8), 16) & WRITES) === 0;
};

/** The flag IFF_PROMISC of an interface. */
const PROMISCUOUS = 0x100;

const promiscuousKind = ({ values }: AuditRecord): AuditKind => {
  const state = (Number(values.get("prom")) & PROMISCUOUS) === 0 ? "off" : "on";
  return {
    category: "promiscuous",
    summary: `Promisc: Interface ${values.get("dev") ?? "unknown"} set promiscuous ${state}`,
  };
};

const executionKind = (records: readonly AuditRecord[], call: AuditRecord | undefined): AuditKind => {
  const title = records.find(({ type }) => type === "PROCTITLE")?.values.get("proctitle");
  const command = argumentsOf(records) ?? title?.replaceAll("\0", " ").trimEnd();
  const shown = command ?? call?.values.get("comm");
  const path = records.find(({ type, values }) => type === "PATH" && values.get("item") === "0")?.values.get("name");
  return { category: "execve", summary: shown === undefined ? "Execve" : `Execve: ${shown}`, command, path };
};

/** `a0`, `a1`, .. in the order of their numbers; several records when there are many, several pieces when one is long. */
const argumentsOf = (records: readonly AuditRecord[]): string | undefined => {
  const pieces = new Map<number, string>();
  for (const { type, values } of records) {
    if (type !== "EXECVE") continue;
    for (const [name, value] of values) {
      const number = /^a(\d{1,6})(?:\[\d{1,6}\])?$/.exec(name)?.[1];
      if (number !== undefined) pieces.set(Number(number), (pieces.get(Number(number)) ?? "") + value);
    }
  }
  const ordered = [...pieces].sort(([one], [other]) => one - other);
  return ordered.length === 0 ? undefined : ordered.map(([, text]) => text).join(" ");
};

/** The file itself, not the directory it is in; of a file that is renamed its new name. */
const pathOf = (records: readonly AuditRecord[]): string | undefined => {
  const paths = records.filter(({ type, values }) => type === "PATH" && values.has("name"));
  const files = paths.filter(({ values }) => values.get("nametype") !== "PARENT");
  const created = files.find(({ values }) => values.get("nametype") === "CREATE");
  return (created ?? files.at(-1) ?? paths[0])?.values.get("name");
};
