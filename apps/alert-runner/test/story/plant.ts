import { changed, doubled, type Plant, removed } from "../support/plant.ts";
import type { Told } from "./receivers.ts";

const alertOf = (classname: string) => ({ term: { classname } });

/** Deliveries that have all of these values. */
const deliveries = (fields: Readonly<Record<string, string>>) => ({
  bool: { filter: Object.entries(fields).map(([field, value]) => ({ term: { [field]: value } })) },
});

/** Around a message after which nobody was killed. */
const CALM_MS = 1_000;

/**
 * @param told - What receivers have got, into which faults are planted, too.
 * @param kills - When somebody was killed.
 */
export const plants = (told: Told[], kills: readonly number[]): Readonly<Record<string, Plant>> => {
  const isCalm = ({ at }: Told): boolean => kills.every((kill) => Math.abs(kill - at) > CALM_MS);
  const toPager = (): Told => {
    const found = told.find((one) => one.target === "pager" && isCalm(one));
    if (found === undefined) throw new Error("The pager got nothing to plant a fault on.");
    return found;
  };
  const add = (one: Told): Promise<unknown> => Promise.resolve(told.push(one));
  const HOUR_MS = 3_600_000;
  return {
    "an alert that is lost": removed("alerts-*", alertOf("Scan")),
    "an alert that is there twice": doubled("alerts-*", alertOf("Attack")),
    "an alert that has not all of its events": changed("alerts-*", alertOf("Attack"), { count: 1 }),
    "an event that is not covered": removed("coverage-*", { term: { name: "Attack" } }),
    "an alert whose end was lost": changed("alerts-*", alertOf("NoHeartbeat"), { status: "manual" }),
    "a delivery that is lost": removed("deliveries-*", deliveries({ target: "pager", status: "done" })),
    "what was acknowledged not being told": removed(
      "deliveries-*",
      deliveries({ target: "chat", notice: "acknowledge" }),
    ),
    "a delivery that is there twice": doubled("deliveries-*", deliveries({ target: "mail", status: "done" })),
    "a delivery that waits for ever": changed("deliveries-*", deliveries({ target: "pager", status: "done" }), {
      status: "pending",
    }),
    "a delivery that was given up": changed("deliveries-*", deliveries({ target: "chat", status: "done" }), {
      status: "dead",
    }),
    "what is muted being recorded as sent": changed("deliveries-*", deliveries({ target: "chat", status: "muted" }), {
      ...{ status: "done", times: 1, message: "planted" },
    }),
    "a message under another key": () => add({ ...toPager(), key: "planted" }),
    "a message that comes twice though nobody was killed": () => add({ ...toPager() }),
    "a message about what is silenced": () =>
      add({ ...toPager(), text: "ports tried by 192.0.2.7", at: toPager().at + HOUR_MS }),
    "a message that is lost": () => Promise.resolve(told.splice(told.indexOf(toPager()), told.length)),
  };
};
