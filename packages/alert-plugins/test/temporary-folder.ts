import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** A folder for the files of one test. @returns writes a file and says where it is. */
export const temporaryFolder = (): ((name: string, content: string | Uint8Array) => string) => {
  const folder = mkdtempSync(path.join(tmpdir(), "mozdef-plugins-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
};
