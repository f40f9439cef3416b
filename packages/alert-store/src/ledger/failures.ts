import type { StoreError } from "../store-error.ts";
import type { Piece } from "./entry.ts";

/** Bounds the record of a slot of which nothing can be stored. */
const MOST = 100;

/** What an entry says of pieces that failed. @param pieces - Of the entry. */
export const failuresOf = (pieces: readonly Piece[], errors: ReadonlyMap<Piece, StoreError>): object => {
  const failed = pieces.filter((piece) => errors.has(piece));
  return {
    health: "error",
    refused: failed.slice(0, MOST).map((piece) => errors.get(piece)?.message),
    unstored: failed.flatMap((piece) => (piece.kind === "alert" ? [piece.alert._id] : [])),
  };
};
