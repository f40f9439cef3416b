const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

const mixedBlock = (block: number): number => Math.imul(rotated(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);

/** Elasticsearch's own start, so that all shards agree. */
const SEED = 31;

/** MurmurHash3 in 32 bits, as a signed number. */
export const hashOfBytes = (bytes: Buffer): number => {
  let hash = SEED;
  const blocks = bytes.length & ~3;
  for (let at = 0; at < blocks; at += 4)
    hash = (Math.imul(rotated(hash ^ mixedBlock(bytes.readInt32LE(at)), 13), 5) + 0xe6546b64) | 0;
  let rest = 0;
  for (let at = bytes.length - 1; at >= blocks; at--) rest = (rest << 8) | (bytes[at] ?? 0);
  hash ^= mixedBlock(rest) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

const shifted = (bits: bigint, by: bigint): bigint => bits ^ (BigInt.asUintN(64, bits) >> by);

/** All bits of a long, each of which depends on all, as a signed number. */
export const mixedBits = (value: bigint): bigint => {
  const first = BigInt.asUintN(64, shifted(value, 32n) * 0x4cd6944c5cc20b6dn);
  const second = BigInt.asUintN(64, shifted(first, 29n) * 0xfc12c5b19d3259e9n);
  return BigInt.asIntN(64, shifted(second, 32n));
};

/** The long whose order among others is that of the double. */
export const sortableBits = (value: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? bits ^ 0x7fff_ffff_ffff_ffffn : bits;
};
