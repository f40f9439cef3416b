import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FILE = fileURLToPath(new URL("typed-by-an-author.ts", import.meta.url));

const optionsOf = (): ts.CompilerOptions => {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.base.json`, ts.sys.readFile.bind(ts.sys)) as {
    config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
};

/** What an editor knows of a file that an author is typing. */
export interface Editor {
  /** Offered at the place marked with `|`. */
  completions(source: string): readonly string[];
  /** Errors of types and of syntax, one line each. */
  problems(source: string): readonly string[];
}

/** TypeScript's language service over one file beside the tests; the file exists only here. */
export const openEditor = (): Editor => {
  const files = new Map<string, string>();
  let version = 0;
  const options = optionsOf();
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: (name) => (name === FILE ? String(version) : "0"),
    getScriptSnapshot: (name) => {
      const text = files.get(name) ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: (current) => ts.getDefaultLibFilePath(current),
    fileExists: (name) => files.has(name) || ts.sys.fileExists(name),
    readFile: (name) => files.get(name) ?? ts.sys.readFile(name),
    readDirectory: ts.sys.readDirectory.bind(ts.sys),
    directoryExists: ts.sys.directoryExists.bind(ts.sys),
    getDirectories: ts.sys.getDirectories.bind(ts.sys),
  });
  const open = (source: string): void => {
    files.set(FILE, source);
    version += 1;
  };
  return {
    completions: (source) => {
      open(source.replace("|", ""));
      return service.getCompletionsAtPosition(FILE, source.indexOf("|"), {})?.entries.map(({ name }) => name) ?? [];
    },
    problems: (source) => {
      open(source);
      return [...service.getSyntacticDiagnostics(FILE), ...service.getSemanticDiagnostics(FILE)].map(
        ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
      );
    },
  };
};
