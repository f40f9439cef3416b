// The alerts of hostile.test.ts, in the process that runs them.
import { createRegistry, inProcessHost, serveHost, tasksByName } from "@mozdef/alert-engine";
import { createAlertStore, relayedClient } from "@mozdef/alert-store";
import { GOOD_PACKS, hostilePack } from "./hostile-pack.ts";

const [prefix = ""] = process.argv.slice(2);

serveHost(async ({ relay, log }) => {
  const packs = [...GOOD_PACKS, hostilePack];
  const registry = await createRegistry(
    packs.map((pack, index) => ({ source: `pack${index}`, pack })),
    {},
  );
  const packIndices = Object.keys(registry.indices);
  const store = createAlertStore({ client: relayedClient(relay(null)), prefix, packIndices });
  const services = { log, fetch, dns: { reverse: () => Promise.resolve(null) } };
  const host = inProcessHost({ store, services, tasks: tasksByName(registry) });
  return { host, reload: () => Promise.resolve() };
});
