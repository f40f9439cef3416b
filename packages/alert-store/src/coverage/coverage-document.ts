import { createHash } from "node:crypto";
import type { EventIds } from "@mozdef/alert/runtime";
import { coverageIndex } from "../names.ts";

/** An event, by where it is stored. */
export interface EventRef {
  readonly _index: string;
  readonly _id: string;
}

/**
 * The id of the note that an alert has covered an event: the same for every run and every process.
 *
 * @param name - The own name of the alert.
 */
export const coverageId = (name: string, { _index, _id }: EventRef): string =>
  createHash("sha256")
    .update(JSON.stringify([name, _index, _id]))
    .digest("base64url")
    .slice(0, 27);

/** What an alert covers. */
export interface Covering {
  /** The own name of the alert. */
  readonly name: string;
  /** The slot of the alert. */
  readonly utctimestamp: string;
  readonly covers: readonly EventIds[];
}

/** Operations of a bulk request that note it. One that is there already is as good. */
export const coverageOperations = (
  { name, utctimestamp, covers }: Covering,
  physical: (name: string) => string,
): readonly (readonly [header: object, source: object])[] => {
  const _index = physical(coverageIndex(new Date(utctimestamp)));
  return covers.flatMap(({ index, ids }) =>
    ids.map((id) => [
      { create: { _index, _id: coverageId(name, { _index: index, _id: id }) } },
      { type: "coverage", name, utctimestamp, event: { index, id } },
    ]),
  );
};
