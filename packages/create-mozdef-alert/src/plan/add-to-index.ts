import { CreateError } from "../create-error.ts";
import type { AlertName } from "../names/alert-name.ts";
import { blanked, closingOf } from "./source-scan.ts";

const SCHEDULE = 'crontab({ minute: "*/5" })';

/**
 * The `src/index.ts` of a pack with one more alert: its import, its export and its entry, which runs it every five minutes.
 *
 * @param file - Its path, for messages.
 * @throws {CreateError} `CREATE_PACK_UNREADABLE` when the pack is not written as a literal; the message says what to add by hand.
 */
export const addToIndex = (index: string, { className, fileName }: AlertName, file: string): string => {
  const refuse = refusal(file, className, fileName);
  const steps = [
    (text: string) => addEntry(text, className, refuse),
    (text: string) => addExport(text, className),
    (text: string) => addImport(text, `import { ${className} } from "./${fileName}/${fileName}.ts";`, refuse),
    (text: string) => importCrontab(text, refuse),
  ];
  return steps.reduce((text, step) => step(text), index);
};

type Refuse = (what: string) => CreateError;

const refusal =
  (file: string, className: string, fileName: string): Refuse =>
  (what) =>
    new CreateError(
      "CREATE_PACK_UNREADABLE",
      [
        `Cannot add ${className} to ${file}: ${what}.`,
        "Expected: export default definePack({ alerts: { ... } }), with the alerts written out.",
        `Write it so, or make the alert in a pack of its own (--dir <folder>) and add to yours by hand:`,
        `  import { ${className} } from "./${fileName}/${fileName}.ts";`,
        `  ${className}: { task: ${className}, schedule: ${SCHEDULE} },`,
      ].join("\n"),
    );

const addEntry = (text: string, className: string, refuse: Refuse): string => {
  const blank = blanked(text);
  const call = /\bdefinePack\s*\(\s*\{/.exec(blank);
  const alerts = call === null ? null : /\balerts\s*:\s*\{/.exec(blank.slice(call.index));
  if (call === null || alerts === null) throw refuse("it has no definePack({ alerts: { ... } })");
  const open = call.index + alerts.index + alerts[0].length - 1;
  const close = closingOf(blank, open);
  if (close === -1) throw refuse("its brackets do not close");
  const body = text.slice(open + 1, close).trimEnd();
  const comma = body.trim() === "" || blanked(body).trimEnd().endsWith(",") ? "" : ",";
  const entry = `    ${className}: { task: ${className}, schedule: ${SCHEDULE} },`;
  return `${text.slice(0, open + 1)}${body}${comma}\n${entry}\n  ${text.slice(close)}`;
};

/** Into the list of names that the pack exports, else as a list of its own before the pack. */
const addExport = (text: string, className: string): string => {
  const blank = blanked(text);
  const list = /^export \{([\w$,\s]*)\};/m.exec(blank);
  if (list !== null) {
    const names = (list[1] ?? "").split(",").map((name) => name.trim());
    const exported = exportList([...names.filter((name) => name !== ""), className].sort(byCodeUnit));
    return text.slice(0, list.index) + exported + text.slice(list.index + list[0].length);
  }
  const at = blank.search(/^export default/m);
  return at === -1
    ? `${text}\nexport { ${className} };\n`
    : `${text.slice(0, at)}export { ${className} };\n\n${text.slice(at)}`;
};

const exportList = (names: readonly string[]): string => {
  const flat = `export { ${names.join(", ")} };`;
  return flat.length <= 120 ? flat : `export {\n${names.map((name) => `  ${name},\n`).join("")}};`;
};

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Import {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly from: string;
}

const importsOf = (text: string): readonly Import[] =>
  [...blanked(text).matchAll(/^import\b[^;]*;/gm)].map((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    const code = text.slice(start, end);
    return { start, end, text: code, from: /["']([^"']*)["'];$/.exec(code)?.[1] ?? "" };
  });

/** Before the first import of a file that sorts after it, else behind the last one. */
const addImport = (text: string, added: string, refuse: Refuse): string => {
  const imports = importsOf(text);
  const path = /"([^"]*)";$/.exec(added)?.[1] ?? "";
  const next = imports.find(({ from }) => from.startsWith("./") && from > path);
  if (next !== undefined) return `${text.slice(0, next.start)}${added}\n${text.slice(next.start)}`;
  const last = imports.at(-1);
  if (last === undefined) throw refuse("it imports nothing");
  return `${text.slice(0, last.end)}\n${added}${text.slice(last.end)}`;
};

/** `crontab` among the names that come from `@mozdef/alert`. */
const importCrontab = (text: string, refuse: Refuse): string => {
  const found = importsOf(text).find((each) => each.from === "@mozdef/alert" && !each.text.startsWith("import type"));
  const names = /\{([^}]*)\}/
    .exec(found?.text ?? "")?.[1]
    ?.split(",")
    .map((name) => name.trim());
  if (found === undefined || names === undefined) throw refuse("it does not import { definePack } from @mozdef/alert");
  if (names.includes("crontab")) return text;
  const sorted = [...names.filter((name) => name !== ""), "crontab"].sort(byCodeUnit);
  return `${text.slice(0, found.start)}import { ${sorted.join(", ")} } from "@mozdef/alert";${text.slice(found.end)}`;
};
