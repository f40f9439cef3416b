/** A value of the format's data section. */
type Data = string | number | { readonly [key: string]: Data } | readonly Data[];

const encode = (value: Data): Buffer => {
  if (typeof value === "string") return tagged(2, Buffer.byteLength(value), Buffer.from(value));
  if (typeof value === "number")
    return Number.isInteger(value) ? tagged(6, 4, uint32(value)) : tagged(3, 8, double(value));
  if (Array.isArray(value)) return tagged(11, value.length, ...value.map(encode));
  const entries = Object.entries(value);
  return tagged(7, entries.length, ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)]));
};

/** Sizes from 29 on stand in a byte of their own, types from 8 on in the next. */
const tagged = (type: number, size: number, ...content: readonly Buffer[]): Buffer => {
  const control = type > 7 ? [size, type - 7] : [(type << 5) | Math.min(size, 29), ...(size < 29 ? [] : [size - 29])];
  return Buffer.concat([Buffer.from(control), ...content]);
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const double = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};

export interface GeoDatabaseOptions {
  readonly databaseType: string;
  /** In a database of version 6, IPv4 addresses stand below `::/96`. */
  readonly ipVersion?: 4 | 6;
}

/**
 * A database in MaxMind's format of a few addresses.
 *
 * @param records - By addresses as bytes, e.g. `[192, 0, 2, 7]`.
 * @see https://maxmind.github.io/MaxMind-DB/
 */
export const geoDatabase = (
  records: readonly (readonly [address: readonly number[], record: Data])[],
  { databaseType, ipVersion = 4 }: GeoDatabaseOptions,
): Buffer => {
  const nodes: [number | null, number | null][] = [[null, null]];
  const data: Buffer[] = [];
  const leaves: { node: number; side: 0 | 1; offset: number }[] = [];
  let size = 0;
  for (const [address, record] of records) {
    const padding: number[] = Array.from({ length: (ipVersion === 4 ? 4 : 16) - address.length }, () => 0);
    const bits = [...padding, ...address].flatMap(bitsOf);
    let node = 0;
    for (const bit of bits.slice(0, -1)) node = nodes[node]![bit as 0 | 1] ??= nodes.push([null, null]) - 1;
    leaves.push({ node, side: bits.at(-1) as 0 | 1, offset: size });
    const encoded = encode(record);
    data.push(encoded);
    size += encoded.length;
  }
  for (const { node, side, offset } of leaves) nodes[node]![side] = nodes.length + 16 + offset;
  const tree = Buffer.concat(nodes.flat().map((target) => uint32(target ?? nodes.length).subarray(1)));
  const metadata = encode({
    node_count: nodes.length,
    record_size: 24,
    ip_version: ipVersion,
    database_type: databaseType,
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_483_228_800,
  });
  const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from("MaxMind.com")]);
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata]);
};

const bitsOf = (byte: number): readonly number[] => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1);
