import { createRegistry } from "@mozdef/alert-engine";
import { pino } from "pino";
import { expect, it } from "vitest";
import { readConfig } from "../src/config/define-config.ts";
import { createService } from "../src/service/create-service.ts";
import { runOnce } from "../src/service/run-once.ts";
import { testStore } from "./support/test-store.ts";

const partsWith = async (routes: readonly object[]) => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const chat = { kind: "test", send: () => undefined };
  const config = readConfig({ actions: { chat }, routes, isolation: { mode: "none" }, listen: { port: 0 } }, "test");
  const registry = await createRegistry([], {});
  const opened = await testStore(new Date("2026-01-01T00:00:00Z"));
  const warnings = () => lines.filter((line) => line.includes("go to nobody"));
  return { parts: { config, registry, opened, log }, warnings };
};

const leavingOut = [{ match: { severity: "ERROR" }, to: ["chat"] }];

it("the log at the start says when there are alerts that go to nobody", async () => {
  const { parts, warnings } = await partsWith(leavingOut);
  const service = await createService({ ...parts, folder: ".", file: null, onUnstartable: () => undefined });
  await service.start();
  await service.stop();
  expect(warnings()).toEqual([expect.stringContaining("routes: there are alerts that fit none")]);
});

it("so does the log of a single run, and neither does when there is a route for all", async () => {
  const { parts, warnings } = await partsWith(leavingOut);
  await runOnce(parts);
  expect(warnings()).toHaveLength(1);
  const others = await partsWith([...leavingOut, { to: ["chat"] }]);
  await runOnce(others.parts);
  expect(others.warnings()).toEqual([]);
});
