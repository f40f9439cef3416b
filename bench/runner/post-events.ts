import { fork } from "node:child_process";
import { once } from "node:events";
import type { Load, Posted } from "./load.ts";

export interface Posting {
  /** So far. */
  readonly posted: Posted;
  /** Resolves when all is posted and answered. */
  readonly done: Promise<Posted>;
}

/** Starts to post events from another process. */
export const postEvents = (load: Load): Posting => {
  const child = fork(new URL("./load.ts", import.meta.url));
  const none: Posted = { events: 0, saved: 0, alerts: 0, failure: null, isDone: false };
  const state = { posted: none };
  child.on("message", (posted: Posted) => {
    state.posted = posted;
  });
  child.send(load);
  const done = once(child, "exit").then(() => {
    if (!state.posted.isDone) throw new Error("The process that posts events has ended before all were posted.");
    return state.posted;
  });
  return {
    get posted() {
      return state.posted;
    },
    done,
  };
};
