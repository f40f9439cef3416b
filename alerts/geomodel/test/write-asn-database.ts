/** A value of the format's data section: texts, whole numbers and maps. */
type Data = string | number | Readonly<Record<string, string | number>>;

const encode = (value: Data): Buffer => {
  if (typeof value === "string") return tagged(2, Buffer.byteLength(value), Buffer.from(value));
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return tagged(6, 4, bytes);
  }
  const entries = Object.entries(value);
  return tagged(7, entries.length, ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)]));
};

/** Sizes from 29 on stand in a byte of their own. */
const tagged = (type: number, size: number, ...content: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(size < 29 ? [(type << 5) | size] : [(type << 5) | 29, size - 29]), ...content]);

/**
 * A MaxMind database of a few IPv4 addresses, as the readers take it.
 *
 * @see https://maxmind.github.io/MaxMind-DB/
 */
export const asnDatabase = (records: Readonly<Record<string, Readonly<Record<string, string | number>>>>): Buffer => {
  const nodes: [number | null, number | null][] = [[null, null]];
  const data: Buffer[] = [];
  const leaves: { node: number; side: 0 | 1; offset: number }[] = [];
  let size = 0;
  for (const [address, record] of Object.entries(records)) {
    const bits = address.split(".").flatMap((byte) => bitsOf(Number(byte)));
    let node = 0;
    for (const bit of bits.slice(0, -1)) node = nodes[node]![bit as 0 | 1] ??= nodes.push([null, null]) - 1;
    leaves.push({ node, side: bits.at(-1) as 0 | 1, offset: size });
    const encoded = encode(record);
    data.push(encoded);
    size += encoded.length;
  }
  for (const { node, side, offset } of leaves) nodes[node]![side] = nodes.length + 16 + offset;
  const tree = Buffer.concat(nodes.flat().map((target) => uint24(target ?? nodes.length)));
  const metadata = encode({
    node_count: nodes.length,
    record_size: 24,
    ip_version: 4,
    database_type: "Test-ASN",
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_483_228_800,
  });
  const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from("MaxMind.com")]);
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata]);
};

const bitsOf = (byte: number): readonly number[] => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1);

const uint24 = (value: number): Buffer => Buffer.from([value >> 16, (value >> 8) & 255, value & 255]);
