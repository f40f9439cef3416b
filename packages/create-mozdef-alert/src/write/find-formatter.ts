import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Brings a text to the style of the place where it is going to lie. */
export type Formatter = (file: string, text: string) => Promise<string>;

const asIs: Formatter = (_file, text) => Promise.resolve(text);

/** What is used of prettier, which is not among our dependencies: only that of the workspace knows its style. */
interface Prettier {
  resolveConfig(file: string): Promise<object | null>;
  getFileInfo(
    file: string,
    options: object,
  ): Promise<{ readonly ignored: boolean; readonly inferredParser: string | null }>;
  format(text: string, options: object): Promise<string>;
}

/** The prettier of the workspace, with its configuration; texts stay as they are where there is none. */
export const findFormatter = async (root: string): Promise<Formatter> => {
  const prettier = await loadPrettier(root);
  if (prettier === null) return asIs;
  return async (file, text) => {
    const info = await prettier.getFileInfo(file, { ignorePath: join(root, ".prettierignore") });
    if (info.ignored || info.inferredParser === null) return text;
    return prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
  };
};

const loadPrettier = async (root: string): Promise<Prettier | null> => {
  try {
    const entry = createRequire(join(root, "package.json")).resolve("prettier");
    return ((await import(pathToFileURL(entry).href)) as { readonly default: Prettier }).default;
  } catch {
    // Not installed there: nothing to follow.
    return null;
  }
};
