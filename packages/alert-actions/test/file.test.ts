import { file, type FileOptions } from "@mozdef/alert-actions/file";
import { appendFile, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { HOSTILE, message, NOW, send } from "./receiver.ts";

const openFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), "mozdef-file-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, path: join(folder, "alerts.ndjson") };
};

interface Line {
  readonly key: string;
  readonly id: string;
  readonly event: string;
}

const linesOf = async (path: string): Promise<readonly Line[]> => {
  const text = await readFile(path, "utf8");
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
};

it("appends a line of JSON for each alert, which nobody else can read", async () => {
  const { path } = await openFolder();
  const action = file({ path, mostEvents: 1 });
  await send(action, {}, message({ summary: `${HOSTILE}\n{"id":"forged"}` }));
  await send(action, { event: "resolve", by: "ana" });
  expect(await linesOf(path)).toMatchObject([
    { key: "abc~hook", type: "alert", event: "trigger", id: "abc", eventCount: 12, alertCount: 1 },
    { key: `abc~hook~resolve~${NOW.getTime()}`, event: "resolve", by: "ana" },
  ]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it("writes alerts that come at once one after the other, each whole", async () => {
  const { folder, path } = await openFolder();
  const action = file({ path, mostBytes: 20_000, keep: 100 });
  const ids = Array.from({ length: 100 }, (_, index) => `id-${index}`);
  await Promise.all(ids.map((_id) => send(action, {}, { ...message(), _id })));
  const lines = await Promise.all((await readdir(folder)).map((name) => linesOf(join(folder, name))));
  expect(lines.length).toBeGreaterThan(5);
  expect(new Set(lines.flat().map(({ id }) => id))).toEqual(new Set(ids));
});

it("begins a new file at its size, and keeps as many old ones as wanted", async () => {
  const { folder, path } = await openFolder();
  const action = file({ path, mostBytes: 1_000, keep: 2, mostEvents: 0 });
  for (const _id of ["a", "b", "c", "d", "e", "f", "g", "h", "i"]) await send(action, {}, { ...message(), _id });
  expect((await readdir(folder)).sort()).toEqual(["alerts.ndjson", "alerts.ndjson.1", "alerts.ndjson.2"]);
  const kept = await Promise.all(["", ".1", ".2"].map(async (end) => (await linesOf(path + end)).map(({ id }) => id)));
  expect([...kept].reverse().flat().join("")).toMatch(/^[b-f].*ghi$/);
  for (const end of ["", ".1", ".2"]) expect((await stat(path + end)).size).toBeLessThanOrEqual(1_000);
});

it("writes a line that is larger than a file may be into a file of its own", async () => {
  const { path } = await openFolder();
  const action = file({ path, mostBytes: 1_000 });
  for (const _id of ["a", "b"]) await send(action, {}, { ...message({ summary: "x".repeat(5_000) }), _id });
  expect([...(await linesOf(`${path}.1`)), ...(await linesOf(path))].map(({ id }) => id)).toEqual(["a", "b"]);
});

it("goes on in a new file when somebody has moved the old one away", async () => {
  const { path } = await openFolder();
  const action = file({ path });
  await send(action);
  await rename(path, `${path}.old`);
  await send(action);
  expect([await linesOf(path), await linesOf(`${path}.old`)]).toMatchObject([[{ id: "abc" }], [{ id: "abc" }]]);
});

it("ends a line that was cut before it writes the next", async () => {
  const { path } = await openFolder();
  await appendFile(path, '{"key":"half');
  await send(file({ path }));
  const [first, second] = (await readFile(path, "utf8")).split("\n");
  expect(first).toBe('{"key":"half');
  expect(JSON.parse(second ?? "")).toMatchObject({ id: "abc" });
});

it("fails when it cannot write, and writes what comes after", async () => {
  const { folder, path } = await openFolder();
  const action = file({ path: join(folder, "none", "alerts.ndjson") });
  await expect(send(action)).rejects.toThrow("ENOENT");
  await expect(send(action)).rejects.toThrow("ENOENT");
  await send(file({ path }));
  expect(await linesOf(path)).toHaveLength(1);
});

it.each([
  [{ path: "alerts.ndjson" }, "path: expected a whole path"],
  [{ path: "/var/log/mozdef", mostBytes: 10 }, "mostBytes: "],
  [{ path: "/var/log/mozdef", keep: 0 }, "keep: "],
])("refuses the options %j, and names the key", (options, reason) => {
  expect(() => file(options as FileOptions)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
