import type { Receivers } from "./receivers.ts";
import { pause, type Service, until } from "./service.ts";

export const FIRST = "192.0.2.7";
export const SECOND = "192.0.2.8";

/** What has been done to the service. */
export interface Done {
  /** Failed logins by address. */
  readonly logins: Map<string, number>;
  /** When the first attacker was silenced, in milliseconds. */
  silencedAt: number;
  /** Whether nobody attacks any more. */
  isQuiet: boolean;
}

export interface Stage {
  readonly service: Service;
  readonly receivers: Receivers;
  readonly done: Done;
  readonly say: (line: string) => void;
}

export interface ShownAlert {
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

const PORTS = 4;

/** Each event has an id of its own: whoever is not answered sends it again. */
const events = (category: string, address: string, from: number, count: number): readonly object[] =>
  Array.from({ length: count }, (_, place) => ({
    event: { id: `${category} ${address} ${from + place}` },
    ...{ category, summary: `${category} by ${address}`, hostname: "web1", utctimestamp: new Date().toISOString() },
    details: { sourceipaddress: address },
  }));

const logIn = async ({ service, done: { logins } }: Stage, address: string, count: number): Promise<void> => {
  const before = logins.get(address) ?? 0;
  logins.set(address, before + count);
  await service.ask("/events", "POST", events("login", address, before, count));
};

const alertOf = async ({ service }: Stage, name: string, part: string): Promise<ShownAlert | undefined> => {
  const { alerts } = await service.ask<{ readonly alerts: readonly ShownAlert[] }>("/api/alerts?size=200");
  return alerts.find(({ _source }) => _source.classname === name && String(_source.summary).includes(part));
};

const untilAlert = async (stage: Stage, name: string, part: string, fields: object): Promise<ShownAlert> => {
  let last: ShownAlert | undefined;
  await until(`an alert ${name} of ${part} with ${JSON.stringify(fields)}`, async () => {
    const found = await alertOf(stage, name, part);
    const shown = Object.fromEntries(Object.keys(fields).map((key) => [key, found?._source[key]]));
    last = found;
    return JSON.stringify(shown) === JSON.stringify(fields) || shown;
  });
  if (last === undefined) throw new Error(`There is no alert ${name} of ${part}.`);
  return last;
};

export const untilTold = (stage: Stage, target: "chat" | "pager", event: string, part: string): Promise<void> =>
  until(`${target} told to ${event} ${part}`, () => stage.receivers.about(target, event, part).length > 0);

/** Others know of a silence within five seconds; on a slow machine it may be more. */
const SILENCE_KNOWN_MS = 7_000;

const HOUR_MS = 3_600_000;

/** From the attack until its end. What is not yet sent then is waited for elsewhere. */
export const play = async (stage: Stage): Promise<void> => {
  const { service, receivers, say, done } = stage;
  await logIn(stage, FIRST, 3);
  await untilAlert(stage, "Attack", FIRST, { count: 3 });
  await logIn(stage, FIRST, 2);
  await untilAlert(stage, "Attack", FIRST, { count: 5 });
  await logIn(stage, FIRST, 3);
  const { _id: first } = await untilAlert(stage, "Attack", FIRST, { count: 8 });
  for (const target of ["chat", "pager"] as const) await untilTold(stage, target, "trigger", FIRST);
  say("the attack has one alert, which has grown to 8 logins; chat and pager know of it");

  // Who is not answered says it again, and so it may be said twice.
  for (const by of ["ann", "ann"]) await service.ask(`/api/alerts/${first}/acknowledge`, "POST", { by });
  for (const target of ["chat", "pager"] as const) await untilTold(stage, target, "acknowledge", FIRST);
  say("it is acknowledged, and both are told");

  const silence = { match: { ip: FIRST }, until: new Date(Date.now() + HOUR_MS).toISOString() };
  await service.ask("/api/silences", "POST", { ...silence, reason: "blocked", by: "ann" });
  done.silencedAt = Date.now();
  await pause(SILENCE_KNOWN_MS);
  say("its attacker is silenced");

  receivers.isChatDown = true;
  await service.ask("/events", "POST", events("port", FIRST, 0, PORTS));
  await logIn(stage, SECOND, 3);
  await untilTold(stage, "pager", "trigger", SECOND);
  const { _source: muted } = await untilAlert(stage, "Scan", FIRST, { count: PORTS });
  if (!Array.isArray(muted.mutedby) || muted.mutedby.length === 0)
    throw new Error(`Expected the alert of the silenced attacker to say by what. Received: ${JSON.stringify(muted)}.`);
  done.isQuiet = true;
  say("the second attacker pages; the first one does not; the chat is away");

  await service.ask("/events", "POST", events("heartbeat", "192.0.2.1", 0, 1));
  await untilAlert(stage, "NoHeartbeat", "", { status: "closed", closereason: "resolved" });
  await until("the chat asked in vain twice", () => receivers.turnedAway >= 2 || receivers.turnedAway);
  receivers.isChatDown = false;
  await untilTold(stage, "chat", "trigger", SECOND);
  await untilTold(stage, "chat", "resolve", "no heartbeat");
  say("the chat is back and has all; what is resolved is told");
};

/** Between two attackers of the crowd, in milliseconds. */
const CROWD_MS = 1_500;

/** Others attack meanwhile, so that there is always something to be sent. */
export const attackers = async (stage: Stage): Promise<void> => {
  for (let number = 1; !stage.done.isQuiet; number += 1) {
    await logIn(stage, `198.51.100.${number}`, 2);
    await pause(CROWD_MS);
  }
};

/** Everything that is queued is sent, muted or given up, and there is an alert of each attacker. */
export const untilSettled = async ({ service, done: { logins } }: Stage): Promise<void> => {
  await until("an alert of each attacker", async () => {
    const { total } = await service.ask<{ readonly total: number }>("/api/alerts?category=attack&size=1");
    return total >= logins.size + 1 || { attackers: logins.size, alerts: total };
  });
  await until("nothing on its way", async () => {
    const { deliveries } = await service.ask<{ readonly deliveries: readonly object[] }>(
      "/api/deliveries?status=pending&size=200",
    );
    return deliveries.length === 0 || deliveries;
  });
};
