import { randomBytes, randomFillSync } from "node:crypto";

/** A fresh identifier of an index, 22 url-safe characters. */
export const newUuid = (): string => randomBytes(16).toString("base64url");

/** Random bytes are fetched for many ids at once, since every fetch costs time. */
const pool = Buffer.alloc(15 * 512);
let used = pool.length;

/** A fresh id for a document that came without one, 20 url-safe characters. */
export const newDocumentId = (): string => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 15;
  return pool.toString("base64url", used - 15, used);
};
