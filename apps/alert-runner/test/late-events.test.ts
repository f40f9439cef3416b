import { AlertTask, definePack, eachEvent, interval } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { setImmediate } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { testService } from "./support/test-service.ts";

/** Its windows lie one beside the other, without an overlap. */
class AlertDoor extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch("category", "door")));
  }
  onEvent() {
    return { summary: "a door", category: "door", tags: [] };
  }
}

const pack = definePack({ alerts: { AlertDoor: { task: AlertDoor, schedule: interval({ minutes: 1 }) } } });

it("looks at an event that was received before the slot and is stored after it", async () => {
  const { call, clock, opened, tickAt } = await testService({ packs: [pack], start: "2026-01-01T00:00:30Z" });
  clock.set("2026-01-01T00:00:59.900Z");
  const { client } = opened.store;
  const bulk = client.bulk.bind(client);
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  vi.spyOn(client, "bulk").mockImplementationOnce(async (...given: Parameters<typeof bulk>) => {
    await gate;
    return bulk(...given);
  });
  const posted = call({ method: "POST", url: "/events", json: { category: "door", summary: "open" } });
  await vi.waitFor(() => expect(client.bulk).toHaveBeenCalledTimes(1));
  const ticked = tickAt("2026-01-01T00:01:00Z");
  // Turns enough for a tick that waits for nothing.
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  open();
  expect((await posted).body.saved).toBe(1);
  await ticked;
  await tickAt("2026-01-01T00:02:00Z");
  const { body } = await call({ url: "/api/alerts" });
  expect(body.alerts.map(({ _source }) => _source.utctimestamp)).toEqual(["2026-01-01T00:01:00+00:00"]);
});
