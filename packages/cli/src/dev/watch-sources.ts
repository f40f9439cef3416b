import { watch as watchPath } from "node:fs";
import { join } from "node:path";

/** Something that looks at files until it is closed. */
export interface SourceWatch {
  readonly close: () => void;
}

/** Begins to look at a folder and all below it. @param onChange - Gets the files that have changed, by their paths. */
export type WatchSources = (folder: string, onChange: (files: readonly string[]) => void) => SourceWatch;

/** Editors write a file in several steps, and format several files at once. In milliseconds. */
const TOGETHER_MS = 50;

const isSource = (file: string): boolean => /\.(?:[cm]?[jt]s|json|ya?ml)$/.test(file);

/** Looks by what the system tells of the files. */
export const watchSources: WatchSources = (folder, onChange) => {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    const files = [...changed];
    changed.clear();
    onChange(files);
  };
  const watcher = watchPath(folder, { recursive: true }, (_event, name) => {
    if (name === null || !isSource(name)) return;
    changed.add(join(folder, name));
    timer ??= setTimeout(tell, TOGETHER_MS);
  });
  return {
    close: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
};
