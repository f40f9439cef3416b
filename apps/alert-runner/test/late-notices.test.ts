import type { AlertAction } from "@mozdef/alert/runtime";
import { changeAlert, queueNotices } from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";
import { noticeOf } from "../src/alerts/alert-notice.ts";
import { lateNotices } from "../src/alerts/late-notices.ts";

const MINUTE_MS = 60_000;

/** An alert that a target has, and that somebody has acknowledged at a service which died before it could tell. */
const withUntold = async () => {
  const told: string[] = [];
  const pager: AlertAction = {
    kind: "pager",
    events: ["trigger", "acknowledge", "resolve"],
    send: (_, { event, by }) => void told.push(`${event} ${String(by)}`),
  };
  const service = await testService({ packs: [doorPack], config: { actions: { pager } } });
  const { opened, clock, outbox } = service;
  const { store } = opened;
  await service.save({ category: "door", summary: "front door" });
  await service.tickAt("2026-01-01T00:01:00Z");
  await outbox.drain();
  const id = (await service.call({ url: "/api/alerts" })).body.alerts[0]?._id ?? "";
  const change = () =>
    changeAlert(store, id, { kind: "status", status: "acknowledged" }, { by: "ann", now: clock.now() });
  await change();
  const late = lateNotices(store, ({ alert, event, by, at }) =>
    queueNotices(store, alert, { event, by, now: at }, () => true),
  );
  return { told, outbox, late, change, opened, now: clock.now() };
};

const fail = (): never => {
  throw new Error("there is nothing to tell");
};

describe("what was to be told when a service died", () => {
  it("is told once, however often somebody looks, or says it again", async () => {
    const { told, outbox, late, change, now } = await withUntold();
    await outbox.drain();
    expect(told).toEqual(["trigger null"]);
    for (let looks = 0; looks < 2; looks += 1) {
      late.expect();
      await late.tell(new Date(now.getTime() + MINUTE_MS));
      await outbox.drain();
      await change();
    }
    expect(told).toEqual(["trigger null", "acknowledge ann"]);
  });

  it("is told as well when it could not be told at once, by a service that lives on", async () => {
    const { told, outbox, opened, change, now } = await withUntold();
    let isAway = true;
    const late = lateNotices(opened.store, ({ alert, event, by, at }) =>
      isAway
        ? Promise.reject(new Error("the store is away"))
        : queueNotices(opened.store, alert, { event, by, now: at }, () => true),
    );
    // Nothing has changed so lately: nobody looks again.
    await late.tell(new Date(now.getTime() + 11 * MINUTE_MS));
    const notice = noticeOf((await change())?.alert ?? fail()) ?? fail();
    await expect(late.onAlertChanged(notice)).rejects.toThrow("the store is away");
    isAway = false;
    await late.tell(now);
    await outbox.drain();
    expect(told).toEqual(["trigger null", "acknowledge ann"]);
  });

  it("is looked for only when somebody may have died, and for ten minutes", async () => {
    const { told, outbox, late, now } = await withUntold();
    await late.tell(new Date(now.getTime() + 11 * MINUTE_MS));
    await late.tell(now);
    await outbox.drain();
    expect(told).toEqual(["trigger null"]);
  });
});
