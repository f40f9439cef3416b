// Run by kill.ts in a separate process: writes to a store endlessly and reports each request before and after.
import { writeSync } from "node:fs";
import { EmbeddedSearch } from "../../src/index.ts";
import { Random } from "../random.ts";
import { ASIDE, asideBody, bulkBody, randomOperation, type Report } from "./operation.ts";

const [path = "", seed = "1", first = "0"] = process.argv.slice(2);

/** Writes to the pipe, waiting while the other side is behind. */
const report = (line: Report): void => {
  let rest = Buffer.from(`${JSON.stringify(line)}\n`);
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
};

// Segments so small that some are always being stored, rewritten without what was deleted, or read again.
const store = new EmbeddedSearch({ path, segmentDocuments: 100, memoryBytes: 200_000 });
const random = new Random(Number(seed));

const send = async (method: string, target: string, body?: string): Promise<void> => {
  const response = await store.handle({
    method,
    path: target,
    querystring: method === "DELETE" ? "" : "refresh",
    body,
  });
  if (response.statusCode !== 200) throw new Error(response.body);
};

for (let number = Number(first); ; number++) {
  // So many that they are dropped in steps, while everything else goes on.
  if (random.below(8) === 0) {
    await send("POST", `/${ASIDE}/_bulk`, asideBody);
    await send("DELETE", `/${ASIDE}`);
  }
  const operation = randomOperation(random, number);
  report({ begin: operation });
  await send("POST", "/kill/_bulk", bulkBody(operation));
  report({ acknowledged: number });
}
