import { watch as watchPath } from "node:fs";
import { join } from "node:path";
import type { WatchedFolder } from "./own-modules.ts";

/** Something that looks at files. */
export interface FolderWatch {
  readonly close: () => void;
}

/** Begins to look at folders. @param onChange - Gets the files that have changed, or are new or gone. */
export type WatchFolders = (
  folders: readonly WatchedFolder[],
  onChange: (files: readonly string[]) => void,
) => FolderWatch;

/** Editors write a file in several steps, and format several files at once. In milliseconds. */
const TOGETHER_MS = 50;

/** Files of which alerts are made: no tests, which are not run here. */
const isSource = (file: string): boolean =>
  /\.(?:[cm]?[jt]s|json|ya?ml)$/.test(file) && !/\.test\.[cm]?[jt]s$|[/\\]package(?:-lock)?\.json$/.test(file);

/** Looks at folders by what the system tells of them. */
export const watchFolders: WatchFolders = (folders, onChange) => {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    const files = [...changed];
    changed.clear();
    onChange(files);
  };
  const watchers = folders.map(
    ({ path, isDeep }) =>
      watchPath(path, { recursive: isDeep }, (_event, name) => {
        const file = join(path, name ?? "");
        if (name === null || !isSource(file)) return;
        changed.add(file);
        timer ??= setTimeout(tell, TOGETHER_MS);
      }).on("error", () => undefined), // a folder that is gone: what was in it has been told
  );
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
};
