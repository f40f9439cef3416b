// The process that runs the code of the alerts, see `startAlertProcess`. It has the same configuration and the same packs as the service,
// and neither its store nor its ports. Of the packs it loads only those whose alerts it runs.
//   alert-process <AlertProcessArguments as JSON>
import { setSourceMapsSupport } from "node:module";
import { inProcessHost, serveHost, tasksByName } from "@mozdef/alert-engine";
import { createAlertStore, relayedClient } from "@mozdef/alert-store";
import { loadConfig } from "../config/load-config.ts";
import { loadAlerts } from "../packs/load-alerts.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { systemDns } from "./alert-services.ts";
import { readArguments } from "./alert-process-arguments.ts";

// What an alert throws is told with file and line of its source. Packs are installed as packages.
setSourceMapsSupport(true, { nodeModules: true });

const { file, isTrusted, indices } = readArguments(process.argv[2]);

serveHost(async ({ relay, log }) => {
  const { config, folder } = await loadConfig({ file: file ?? undefined, cwd: process.cwd(), env: process.env });
  const { registry } = await loadAlerts(
    { config, folder },
    (source) => config.isolation.trusted.includes(source) === isTrusted,
  );
  const { prefix } = { prefix: undefined, ...config.store };
  const elsewhere = Object.entries(config.sources).flatMap(([name, { store }]) =>
    store === null ? [] : [[name, relayedClient(relay(name))] as const],
  );
  const store = createAlertStore({
    client: relayedClient(relay(null)),
    packIndices: indices,
    fields: registry.fields,
    elsewhere: Object.fromEntries(elsewhere),
    ...(prefix !== undefined && { prefix }),
  });
  const services = { log, dns: systemDns(), fetch: guardedFetch(config.outbound) };
  const host = inProcessHost({ store, services, sources: config.sources, tasks: tasksByName(registry) });
  return { host, reload: () => registry.reload() };
});
