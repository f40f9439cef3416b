import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Bytes after gzip. */
export interface Budget {
  /** What the list of alerts waits for before anything is drawn: its scripts and all styles. */
  readonly first: number;
  /** Of each script that a further page loads. */
  readonly page: number;
}

/** A file of the build. */
export interface BuiltFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Whether it is loaded before anything is drawn. */
  readonly isFirst: boolean;
}

/** What is larger than it may be, a sentence for each; empty when all is well. */
export const overBudget = (files: readonly BuiltFile[], { first, page }: Budget): readonly string[] => {
  const sized = files.map((file) => ({ ...file, bytes: gzipSync(file.content).length }));
  const atFirst = sized.filter(({ isFirst }) => isFirst).reduce((sum, { bytes }) => sum + bytes, 0);
  const later = sized.filter(({ isFirst, bytes }) => !isFirst && bytes > page);
  return [
    ...(atFirst > first
      ? [`What the first page waits for has ${atFirst} bytes after gzip. Expected: at most ${first}.`]
      : []),
    ...later.map(({ name, bytes }) => `${name} has ${bytes} bytes after gzip. Expected: at most ${page}.`),
  ];
};

/** Fails a build that has grown beyond its budget: pages get slow a little at a time. */
export const bundleBudget = (budget: Budget): Plugin => ({
  name: "bundle-budget",
  apply: "build",
  generateBundle(_options, bundle) {
    const outputs = Object.values(bundle);
    const first = new Set<string>();
    const take = (name: string): void => {
      const output = bundle[name];
      if (output?.type !== "chunk" || first.has(name)) return;
      first.add(name);
      for (const other of output.imports) take(other);
    };
    for (const output of outputs) if (output.type === "chunk" && output.isEntry) take(output.fileName);
    const files = outputs
      .filter(({ fileName }) => /\.(?:js|css)$/.test(fileName))
      .map((output) => ({
        name: output.fileName,
        content: output.type === "chunk" ? output.code : output.source,
        isFirst: first.has(output.fileName) || output.fileName.endsWith(".css"),
      }));
    const problems = overBudget(files, budget);
    if (problems.length > 0) this.error(problems.join("\n"));
  },
});
