import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "@mozdef/alert";
import { visibleLines } from "@mozdef/query/tools";
import { runBackup, runRestore } from "./cli/backup.ts";
import { checkPlugins } from "./cli/check-plugins.ts";
import { configReport, shownConfig } from "./cli/config-report.ts";
import { HELP } from "./cli/help.ts";
import { parseArgs } from "./cli/parse-args.ts";
import { testAction } from "./cli/test-action.ts";
import { readPassword } from "./cli/read-password.ts";
import { runExport, runImport } from "./cli/transfer.ts";
import { runAccess } from "./cli/access.ts";
import { loadConfig } from "./config/load-config.ts";
import { alertServices } from "./host/alert-services.ts";
import { FOR_PLUGINS, guardedFetch } from "./host/guarded-fetch.ts";
import { VERSION } from "./manifest.ts";
import { RunnerError } from "./runner-error.ts";
import { checkListen } from "./listen/check-listen.ts";
import { createLog } from "./service/create-log.ts";
import { createService } from "./service/create-service.ts";
import { loadAlerts, logAlerts } from "./packs/load-alerts.ts";
import { planReport, planStore } from "./service/plan-store.ts";
import { onceReport, runOnce } from "./service/run-once.ts";
import { stopOnSignals } from "./service/stop-on-signals.ts";
import { openStore, refuseMissing } from "./store/open-store.ts";
import { trackModules } from "./watch/own-modules.ts";
import { watchAlerts } from "./watch/watch-alerts.ts";
import { watchFolders } from "./watch/watch-folders.ts";

/** @returns the exit code, or null when the service runs on. */
const main = async (args: readonly string[]): Promise<number | null> => {
  const command = parseArgs(args);
  if (command.kind === "help") return print(HELP);
  if (command.kind === "version") return print(VERSION);

  const watches = command.kind === "serve" && command.watches;
  const modules = watches ? trackModules() : null;
  const readConfig = () => loadConfig({ file: command.config, cwd: process.cwd(), env: process.env });
  const loaded = await readConfig();
  const { config, folder, file } = loaded;
  if (command.kind === "config show") return print(shownConfig({ config }));
  if (command.kind === "backup") return print(await runBackup(command, loaded));
  if (command.kind === "restore") return print(await runRestore(command, loaded, new Date()));
  if (command.kind === "actions test") {
    const { log, fetch } = alertServices(createLog(config.log.level, process.stderr), config.outbound);
    const { text, isSent } = await testAction(command, { actions: config.actions, fetch, log, now: new Date() });
    return print(text) + (isSent ? 0 : 1);
  }
  const isTransfer = command.kind === "export" || command.kind === "import";
  const log = createLog(config.log.level, isTransfer || command.kind === "access" ? process.stderr : process.stdout);
  const alerts = await loadAlerts({ config, folder });
  const { registry, parsers, packVersions } = alerts;
  if (command.kind === "config check") {
    const fetch = guardedFetch({ ...config.outbound, ...FOR_PLUGINS });
    const plugins = await checkPlugins(config.plugins, { now: new Date(), fetch });
    const { text, isWhole } = configReport({ config, file }, registry, plugins);
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
  if (command.kind === "access") {
    print(await runAccess(command, { loaded, registry, open, log, readPassword, now: new Date() }));
    return 0;
  }
  if (command.kind === "serve") checkListen(config);
  const opened = open();
  if (isTransfer) {
    const parts = {
      registry,
      opened,
      pause,
      now: new Date(),
      say: (line: string) => console.error(visibleLines(line)),
    };
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
    ...{ config, registry, parsers, packVersions, opened, log, folder, file, onUnstartable, isWatched: watches },
  });
  stopOnSignals(service, log);
  const address = await service.start();
  log.info(`alerts: ${address}/alerts`);
  log.info(`events: ${address}/events`);
  if (modules !== null) {
    const load = async () => loadAlerts(await readConfig());
    watchAlerts({ modules, watch: watchFolders, load, service, loaded: alerts, file, log });
  }
  return null;
};

const print = (text: string): number => {
  console.log(visibleLines(text));
  return 0;
};

const USAGE = new Set(["OPTION_INVALID", "CONFIG_INVALID", "CONFIG_NOT_FOUND", "LISTEN_UNPROTECTED"]);

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
    console.error(visibleLines(messageOf(error)));
    process.exit(error instanceof RunnerError && USAGE.has(error.code) ? 2 : 1);
  },
);
