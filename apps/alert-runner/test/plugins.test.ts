import type { AlertPlugin } from "@mozdef/alert/runtime";
import { createRegistry } from "@mozdef/alert-engine";
import { pino } from "pino";
import { expect, it } from "vitest";
import { readConfig } from "../src/config/define-config.ts";
import { createService } from "../src/service/create-service.ts";
import { runOnce } from "../src/service/run-once.ts";
import { testStore } from "./support/test-store.ts";

const log = pino({ level: "silent" });

const serviceWith = async (plugin: AlertPlugin) => {
  const config = readConfig({ plugins: [plugin], isolation: { mode: "none" }, listen: { port: 0 } }, "test");
  const registry = await createRegistry([], {});
  const opened = await testStore(new Date("2026-01-01T00:00:00Z"));
  return { config, registry, opened, log };
};

const failing: AlertPlugin = {
  name: "lists",
  registration: "*",
  prepare: () => Promise.reject(new Error("there is no file lists.csv")),
  onMessage: (alert) => alert,
};

it("the service does not start, and runs nothing once, while a plugin cannot read what it needs", async () => {
  const parts = await serviceWith(failing);
  const expected = { code: "PLUGIN_DATA_INVALID", message: "Plugin lists cannot start: there is no file lists.csv" };
  await expect(runOnce(parts)).rejects.toMatchObject(expected);
  const service = await createService({ ...parts, folder: ".", file: null, onUnstartable: () => undefined });
  await expect(service.start()).rejects.toMatchObject(expected);
  await service.stop();
});

it("plugins go where the configuration lets them, and nowhere else", async () => {
  const asking: AlertPlugin = {
    ...failing,
    prepare: async ({ fetch }) => {
      await fetch("http://10.0.0.1/list.txt");
    },
  };
  await expect(runOnce(await serviceWith(asking))).rejects.toThrow("outbound.allow of the configuration names");
});
