// The process that has the alerts of `bench alert-host`.
import { inProcessHost, serveHost } from "@mozdef/alert-engine";
import { createAlertStore, relayedClient } from "@mozdef/alert-store";
import { quietAlerts } from "./quiet-alerts.ts";

serveHost(({ relay, log }) => {
  const store = createAlertStore({ client: relayedClient(relay(null)) });
  const services = { log, fetch, dns: { reverse: () => Promise.resolve(null) } };
  const tasks = quietAlerts(Number(process.argv[2]));
  return Promise.resolve({ host: inProcessHost({ store, services, tasks }), reload: () => Promise.resolve() });
});
