/** As Java's `String.hashCode`, spread as its hash tables do. */
const spreadHash = (text: string): number => {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash ^ (hash >>> 16);
};

/**
 * The order in which a Java hash table yields its keys. Elasticsearch keeps the fields of a clause in one and, if several
 * cannot answer, complains about the first; and it adds what an update has to a document in this order.
 */
export const inHashOrder = <T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] => {
  if (items.length < 2) return items;
  let capacity = 16;
  while (items.length > capacity * 0.75) capacity *= 2;
  const placed = items.map((item) => ({ item, place: spreadHash(nameOf(item)) & (capacity - 1) }));
  return placed.sort((a, b) => a.place - b.place).map(({ item }) => item);
};
