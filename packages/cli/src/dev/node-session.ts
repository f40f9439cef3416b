import { once } from "node:events";
import { run } from "node:test";
import { messageOf } from "@mozdef/alert";
import { placeIn } from "./tests-summary.ts";
import type { FailedTest } from "./tests-summary.ts";
import type { TestSession } from "./vitest-session.ts";

/** Tests that are written for `node:test`, each file in a process of its own. */
export const nodeSession = (path: string): TestSession => ({
  run: async (files) => {
    const started = performance.now();
    const failed: FailedTest[] = [];
    let passed = 0;
    if (files.length === 0) return { passed, failed, ms: 0 };
    const events = run({ files: [...files], isolation: "process" });
    events.on("test:pass", ({ details: { type } }) => {
      if (type !== "suite") passed++;
    });
    events.on("test:fail", ({ name, file, line, column, details: { type, error } }) => {
      const isOfOthers = error.cause === undefined || /subtests? failed/.test(messageOf(error));
      if (type === "suite" && isOfOthers) return;
      const place = file === undefined ? null : placeIn(path, file, line ?? 1, column ?? 1);
      failed.push({ name, message: messageOf(error.cause ?? error), place });
    });
    events.resume();
    await once(events, "end");
    return { passed, failed, ms: performance.now() - started };
  },
  close: () => Promise.resolve(),
});
