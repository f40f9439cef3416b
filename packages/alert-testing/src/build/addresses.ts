/** FNV-1a: spreads similar seeds over all 32 bits. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  // The last characters of a seed are usually what differs: mix them into the high bits, too.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * A public IPv4 address that looks random and is the same for the same seed, today and on every machine.
 *
 * @param seed - Anything: `randomAddress("attacker")`, `randomAddress(7)`.
 */
export const randomAddress = (seed: string | number): string => {
  const hash = hashOf(String(seed));
  // Networks that begin with 20 to 99 are not private, reserved or for documentation.
  return [20 + ((hash >>> 24) % 80), (hash >>> 16) & 255, (hash >>> 8) & 255, hash & 255].join(".");
};
