import { join } from "node:path";
import ts from "typescript";

const FOLDER = import.meta.dirname;

export interface TypeCost {
  readonly instantiations: number;
  readonly checkMs: number;
}

/** Counted by the compiler for its own `--extendedDiagnostics`; its declarations leave the method out. */
type CountingProgram = ts.Program & { readonly getInstantiationCount: () => number };

const compilerOptions = (): ts.CompilerOptions => {
  const { config } = ts.readConfigFile(join(FOLDER, "../tsconfig.json"), ts.sys.readFile.bind(ts.sys)) as {
    readonly config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, join(FOLDER, "..")).options;
};

/** As if the text were a file of this folder, so that it finds the packages. */
const hostWith = (file: string, text: string, options: ts.CompilerOptions): ts.CompilerHost => {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (name) => name === file || host.fileExists(name),
    readFile: (name) => (name === file ? text : host.readFile(name)),
    getSourceFile: (name, languageVersion, ...rest) =>
      name === file
        ? ts.createSourceFile(name, text, languageVersion)
        : host.getSourceFile(name, languageVersion, ...rest),
  };
};

/**
 * Checks one text, and of the packages only what it asks for.
 *
 * @throws when the text has a type error: then the figure would say nothing.
 */
export const checkSample = (text: string): TypeCost => {
  const file = join(FOLDER, "sample.ts");
  const options = compilerOptions();
  const program = ts.createProgram([file], options, hostWith(file, text, options)) as CountingProgram;
  const started = performance.now();
  const problems = program.getSemanticDiagnostics(program.getSourceFile(file));
  const checkMs = performance.now() - started;
  if (problems.length > 0)
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => FOLDER,
        getNewLine: () => "\n",
      }),
    );
  return { instantiations: program.getInstantiationCount(), checkMs };
};
