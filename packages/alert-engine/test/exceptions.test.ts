import { definePack, interval } from "@mozdef/alert";
import { readException } from "@mozdef/alert/runtime";
import { createRegistry, runHosted, inProcessHost, taskRefOf, tasksByName } from "@mozdef/alert-engine";
import { saveEvents } from "@mozdef/alert-store";
import { expect, it } from "vitest";
import { EachLogin, login, options } from "./alerts.ts";
import { cloningHost } from "./cloning-host.ts";
import { NOW, openStore } from "./open-store.ts";

const pack = definePack({ alerts: { EachLogin: { task: EachLogin, schedule: interval({ minutes: 1 }) } } });

it("keeps the events of exceptions from an alert in another process", async () => {
  const store = await openStore();
  await saveEvents(store, [login("scanner"), login("other")], { now: NOW, refresh: true });
  const given = { match: { hostname: "scanner" }, reason: "it logs in all the time" };
  const registry = await createRegistry([{ source: "pack", pack }], { EachLogin: { exceptions: [given] } });
  const { alerts } = registry;
  expect(alerts[0]?.exceptions).toEqual([readException(given)]);
  const host = cloningHost(inProcessHost({ store, services: options(), tasks: tasksByName(registry) }));
  const [result] = await runHosted(store, host, alerts.map(taskRefOf), options());
  expect(result?.alerts.map(({ _source }) => _source.summary)).toEqual(["login on other"]);
});
