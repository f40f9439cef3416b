import type { AlertMessage } from "@mozdef/alert/runtime";
import { createHash } from "node:crypto";
import { plain } from "./alert-text.ts";

/** What a route sends together may have several names. */
const OF_ROUTE = "route:";

/**
 * By what a receiver knows that alerts are about the same: the group of their route, else name and group of an alert with `quietFor`, else its id. What is longer than
 * `most` characters, or has hidden ones, is there as its SHA-256.
 */
export const groupId = ({ _id, _source: { classname, groupkey } }: AlertMessage, most: number): string => {
  const id = groupkey === undefined ? _id : groupkey.startsWith(OF_ROUTE) ? groupkey : `${classname} ${groupkey}`;
  return id.length <= most && plain(id) === id ? id : createHash("sha256").update(id).digest("hex");
};
