/** Arrays that are stored. */
export type StoredArray = Float64Array | BigInt64Array | Uint32Array | Uint16Array | Uint8Array;

/** Small facts and large arrays, by name. */
export interface PackedArrays {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly arrays: ReadonlyMap<string, StoredArray>;
}

const TYPES = { Float64Array, BigInt64Array, Uint32Array, Uint16Array, Uint8Array } as const;

type TypeName = keyof typeof TYPES;

interface Header {
  readonly facts: Readonly<Record<string, unknown>>;
  /** In the order in which they follow. */
  readonly arrays: readonly (readonly [name: string, type: TypeName, length: number])[];
}

/** What an array of doubles needs. */
const ALIGNMENT = 8;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** One run of bytes: the length of a header, the header, and each array where it can be used in place. Bytes of a number are in the order of the machine. */
export const packArrays = ({ facts, arrays }: PackedArrays): Uint8Array => {
  const header: Header = {
    facts,
    arrays: [...arrays].map(([name, array]) => [name, array.constructor.name as TypeName, array.length]),
  };
  const text = Buffer.from(JSON.stringify(header));
  let at = aligned(4 + text.length);
  const bytes = new Uint8Array([...arrays.values()].reduce((sum, { byteLength }) => sum + aligned(byteLength), at));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  for (const array of arrays.values()) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  return bytes;
};

/** The arrays are views of the bytes. */
export const unpackArrays = (stored: Uint8Array): PackedArrays => {
  const bytes = stored.byteOffset % ALIGNMENT === 0 ? stored : stored.slice();
  const { buffer, byteOffset } = bytes;
  const length = new DataView(buffer, byteOffset).getUint32(0, true);
  const { facts, arrays } = JSON.parse(Buffer.from(buffer, byteOffset + 4, length).toString()) as Header;
  const found = new Map<string, StoredArray>();
  let at = byteOffset + aligned(4 + length);
  for (const [name, type, count] of arrays) {
    const array = new TYPES[type](buffer as ArrayBuffer, at, count);
    found.set(name, array);
    at += aligned(array.byteLength);
  }
  return { facts, arrays: found };
};
