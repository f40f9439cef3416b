import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "@mozdef/alert";
import { runBackup, runRestore } from "./cli/backup.ts";
import { configReport, shownConfig } from "./cli/config-report.ts";
import { HELP, parseArgs } from "./cli/parse-args.ts";
import { runExport, runImport } from "./cli/transfer.ts";
import { loadConfig } from "./config/load-config.ts";
import { VERSION } from "./manifest.ts";
import { RunnerError } from "./runner-error.ts";
import { createLog } from "./service/create-log.ts";
import { createService } from "./service/create-service.ts";
import { loadAlerts, logAlerts } from "./packs/load-alerts.ts";
import { planReport, planStore } from "./service/plan-store.ts";
import { onceReport, runOnce } from "./service/run-once.ts";
import { stopOnSignals } from "./service/stop-on-signals.ts";
import { openStore, refuseMissing } from "./store/open-store.ts";

/** @returns the exit code, or null when the service runs on. */
const main = async (args: readonly string[]): Promise<number | null> => {
  const command = parseArgs(args);
  if (command.kind === "help") return print(HELP);
  if (command.kind === "version") return print(VERSION);

  const loaded = await loadConfig({ file: command.config, cwd: process.cwd(), env: process.env });
  const { config, folder, file } = loaded;
  if (command.kind === "config show") return print(shownConfig({ config }));
  if (command.kind === "backup") return print(await runBackup(command, loaded));
  if (command.kind === "restore") return print(await runRestore(command, loaded, new Date()));
  const isTransfer = command.kind === "export" || command.kind === "import";
  const log = createLog(config.log.level, isTransfer ? process.stderr : process.stdout);
  const { registry, parsers, packVersions } = await loadAlerts({ config, folder });
  if (command.kind === "config check") {
    const { text, isWhole } = configReport({ config, file }, registry);
    return print(text) + (isWhole ? 0 : 1);
  }
  const open = () =>
    openStore(config.store, {
      ...{ folder, log },
      packIndices: Object.keys(registry.indices),
      fields: registry.fields,
      sources: config.sources,
    });

  if (command.kind === "plan") return print(planReport(await planStore({ config, registry, open, now: new Date() })));
  if (command.kind === "export") refuseMissing(config.store, folder);
  const opened = open();
  if (isTransfer) {
    const parts = { registry, opened, pause, now: new Date(), say: console.error };
    const code = await (command.kind === "export" ? runExport(command, parts) : runImport(command, parts));
    await opened.close();
    return code;
  }
  if (command.kind === "once") {
    const results = await runOnce({ config, registry, opened, log, at: command.at, isDry: command.isDry });
    await opened.close();
    print(onceReport(results));
    for (const { source, message } of registry.failures) print(`ERROR ${source}: ${message}`);
    return registry.failures.length > 0 || results.some(({ health }) => health === "error") ? 1 : 0;
  }

  log.info({ configuration: file ?? "defaults", store: opened.where }, `mozdef-alert-runner ${VERSION}`);
  logAlerts(log, registry);
  const onUnstartable = (error: unknown): void => {
    log.fatal({ err: error }, "the service cannot start");
    process.exit(1);
  };
  const service = await createService({
    ...{ config, registry, parsers, packVersions, opened, log, folder, file, onUnstartable },
  });
  stopOnSignals(service, log);
  const address = await service.start();
  log.info(`alerts: ${address}/alerts`);
  log.info(`events: ${address}/events`);
  return null;
};

const print = (text: string): number => {
  console.log(text);
  return 0;
};

const USAGE = new Set(["OPTION_INVALID", "CONFIG_INVALID", "CONFIG_NOT_FOUND"]);

/** When nothing is left to do and nothing was said: a pack whose import waits for what never comes. */
const onSilentEnd = (): void => {
  console.error(
    "The service ended before it was started: something that it waited for can never come. Most likely a pack or the configuration has a top-level await that does not end.",
  );
  process.exit(1);
};
process.once("beforeExit", onSilentEnd);

main(process.argv.slice(2)).then(
  (code) => {
    process.off("beforeExit", onSilentEnd);
    if (code !== null) process.exitCode = code;
  },
  (error: unknown) => {
    console.error(messageOf(error));
    process.exit(error instanceof RunnerError && USAGE.has(error.code) ? 2 : 1);
  },
);
