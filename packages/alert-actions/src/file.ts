import { type AlertAction, defineAction } from "@mozdef/alert/runtime";
import { open, rename, rm } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { z } from "zod";
import { alertJson } from "./alert-json.ts";
import { readOptions } from "./read-options.ts";
import { type SharedOptions, sharedPart, sharedShape } from "./shared-options.ts";

const schema = z.strictObject({
  path: z
    .string()
    .refine(
      (path) => isAbsolute(path) && !path.includes("\0"),
      "expected a whole path, as /var/log/mozdef/alerts.ndjson",
    ),
  mostBytes: z.number().int().min(1_000).optional(),
  keep: z.number().int().min(1).max(100).default(5),
  mostEvents: z.number().int().min(0).max(10_000).default(10),
  mostAlerts: z.number().int().min(0).max(10_000).default(100),
  ...sharedShape,
});

/** The options of {@link file}. */
export interface FileOptions extends SharedOptions {
  /** Where to, from the root: `/var/log/mozdef/alerts.ndjson`. Its folder has to be there. */
  readonly path: string;
  /** The size in bytes from which on the file becomes `path.1`, and a new one is begun. Default: never, since logrotate or the like does it. */
  readonly mostBytes?: number;
  /** With `mostBytes`: old files that are kept, `path.1` the youngest. Default 5. */
  readonly keep?: number;
  /** Events of an alert that are written at most; `eventCount` says how many it has. Default 10. */
  readonly mostEvents?: number;
  /** Alerts of a message for several that are written at most; `alertCount` says how many there are. Default 100. */
  readonly mostAlerts?: number;
}

type Read = z.output<typeof schema>;

const NEW_LINE = 10;

/**
 * Appends each alert to a file as a line of JSON: `{ key, type: "alert", event, by, id, index, eventCount, alert, alertCount, alerts? }`. The file is opened for each
 * line, so that whoever moves it away, as logrotate does, need tell nobody; it is readable for the user of the service only. A line is on disk before the
 * alert counts as brought. One that is cut, by a disk that was full, is ended before the next. What cannot be written is tried again.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 *
 * @example
 * export default defineConfig({ actions: { log: file({ path: "/var/log/mozdef/alerts.ndjson" }) } });
 */
export const file = (options: FileOptions): AlertAction => {
  const read = readOptions("file", schema, options);
  let last: Promise<unknown> = Promise.resolve();
  return defineAction({
    kind: "file",
    ...sharedPart(read),
    send: async (message, context) => {
      const line = `${JSON.stringify({ key: context.key, ...alertJson(message, context, read) })}\n`;
      // One after the other: two that move the file away would lose one.
      const mine = last.then(() => append(read, line));
      last = mine.catch(() => undefined);
      await mine;
      return undefined;
    },
  });
};

const append = async (read: Read, line: string): Promise<void> => {
  if (await hasRoom(read, line)) return;
  await moveAway(read);
  await write(read.path, line, Number.POSITIVE_INFINITY);
};

/** Writes the line, unless the file has something and would become too large. */
const hasRoom = ({ path, mostBytes = Number.POSITIVE_INFINITY }: Read, line: string): Promise<boolean> =>
  write(path, line, mostBytes);

const write = async (path: string, line: string, mostBytes: number): Promise<boolean> => {
  const handle = await open(path, "a+", 0o600);
  try {
    const { size } = await handle.stat();
    if (size > 0 && size + Buffer.byteLength(line) > mostBytes) return false;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    await handle.appendFile(bytesRead === 1 && buffer[0] !== NEW_LINE ? `\n${line}` : line);
    await handle.datasync();
    return true;
  } finally {
    await handle.close();
  }
};

const moveAway = async ({ path, keep }: Read): Promise<void> => {
  await rm(`${path}.${keep}`, { force: true });
  for (let n = keep - 1; n >= 1; n -= 1) await renameIfThere(`${path}.${n}`, `${path}.${n + 1}`);
  await rename(path, `${path}.1`);
};

const renameIfThere = async (from: string, to: string): Promise<void> => {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
};
