/** An event as the naive evaluation sees it. */
export interface PlainEvent {
  readonly id: string;
  /** Milliseconds. */
  readonly time: number;
  readonly received: number;
  readonly what: string;
  readonly users: readonly string[];
  readonly ip: string | null;
  readonly bytes: readonly number[];
}

/** A generator of numbers that is the same for the same seed (mulberry32). */
export const randomOf = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
};

/** Grid on which events happen: some are of the same time. */
const GRID_MS = 5_000;

/**
 * Events that come in during a time: some late, some of the same time, some with a list or without a value.
 *
 * @param from - Milliseconds: what has come in before was seen before.
 */
export const randomEvents = (
  random: (below: number) => number,
  {
    from,
    to,
    count,
    ids,
  }: { readonly from: number; readonly to: number; readonly count: number; readonly ids: string },
): readonly PlainEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const received = from + 1 + random(to - from - 1);
    const late = random(6) === 0 ? random(600_000) : random(2_000);
    return {
      id: `${ids}-${index}`,
      received,
      time: Math.floor((received - late) / GRID_MS) * GRID_MS,
      what: pick(random, ["fail", "fail", "ok", "reset"]),
      users: pick(random, [["bob"], ["eve"], ["ann"], ["bob", "eve"], []]),
      ip: pick(random, ["192.0.2.1", "192.0.2.2", "2001:db8::1", null]),
      bytes: pick(random, [[10], [50], [100], [250], [20, 30], []]),
    };
  });

const pick = <T>(random: (below: number) => number, from: readonly T[]): T => from[random(from.length)] as T;

/** The event as it is sent. */
export const asSent = ({ id, time, received, what, users, ip, bytes }: PlainEvent): object => ({
  _id: id,
  _source: {
    category: "truth",
    summary: what,
    utctimestamp: new Date(time).toISOString(),
    receivedtimestamp: new Date(received).toISOString(),
    details: {
      what,
      ...(users.length > 0 && { user: users.length === 1 ? users[0] : users }),
      ...(ip !== null && { sourceipaddress: ip }),
      ...(bytes.length > 0 && { bytes: bytes.length === 1 ? bytes[0] : bytes }),
    },
  },
});
