// Run by kill.ts in a separate process: writes to a store endlessly and reports each request before and after.
import { writeSync } from "node:fs";
import { EmbeddedSearch } from "../../src/index.ts";
import { Random } from "../random.ts";
import { bulkBody, randomOperation, type Report } from "./operation.ts";

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
for (let number = Number(first); ; number++) {
  const operation = randomOperation(random, number);
  report({ begin: operation });
  const response = await store.handle({
    method: "POST",
    path: "/kill/_bulk",
    querystring: "refresh",
    body: bulkBody(operation),
  });
  if (response.statusCode !== 200) throw new Error(response.body);
  report({ acknowledged: number });
}
