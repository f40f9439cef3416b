import { createHash } from "node:crypto";

/** How much a runner wants a piece of work: the same for everybody who asks, and another for each pair. */
const wish = (runner: string, work: string): number =>
  createHash("sha256").update(`${runner} ${work}`).digest().readUIntBE(0, 6);

/** Runners by how much they want a piece of work, most first. */
const byWish = (runners: readonly string[], work: string): readonly string[] =>
  runners
    .map((runner) => ({ runner, wish: wish(runner, work) }))
    .sort((a, b) => b.wish - a.wish || (a.runner < b.runner ? -1 : 1))
    .map(({ runner }) => runner);

/**
 * Who does a piece of work, by rendezvous hashing: whoever knows the same runners says the same, and when one goes only its work changes hands.
 *
 * @returns null when there is nobody.
 */
export const ownerOf = (runners: readonly string[], work: string): string | null => byWish(runners, work)[0] ?? null;

/**
 * Deals shards out by rendezvous hashing, in fair shares: no runner has two more than another.
 *
 * @param shards - How many there are.
 */
export const dealShards = (runners: readonly string[], shards: number): ReadonlyMap<string, ReadonlySet<number>> => {
  const dealt = new Map(runners.map((runner) => [runner, new Set<number>()]));
  const least = Math.floor(shards / runners.length);
  let larger = shards % runners.length;
  for (let shard = 0; shard < shards; shard += 1)
    for (const runner of byWish(runners, `shard ${shard}`)) {
      const own = dealt.get(runner);
      if (own === undefined || own.size > least || (own.size === least && larger === 0)) continue;
      if (own.size === least) larger -= 1;
      own.add(shard);
      break;
    }
  return dealt;
};
