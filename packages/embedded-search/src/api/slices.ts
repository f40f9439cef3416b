import { setImmediate as nextTurn } from "node:timers/promises";
import { ApiError } from "../errors/api-error.ts";
import type { Steps } from "../index/steps.ts";
import type { Answer } from "./router.ts";
import type { Waiting } from "./waiting.ts";

/** How long a request may go on before others have a turn. */
const SLICE_MS = 10;

/**
 * Does what takes long in slices, between which the event loop turns. What is done within the first one, as nearly everything, is answered at once.
 *
 * @throws {ApiError} 400 when nobody waits for it any more.
 */
export const inSlices = (
  { waiting }: { readonly waiting: Waiting | undefined },
  steps: Steps<Answer>,
): Answer | Promise<Answer> => slice(steps) ?? remainingSlices(steps, waiting);

/** undefined = it is not done. */
const slice = (steps: Steps<Answer>): Answer | undefined => {
  let startMs: number | undefined;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    // The clock is not asked for what has one step.
    startMs ??= performance.now();
    if (performance.now() - startMs >= SLICE_MS) return undefined;
  }
};

const remainingSlices = async (steps: Steps<Answer>, waiting: Waiting | undefined): Promise<Answer> => {
  for (;;) {
    await nextTurn();
    if (waiting?.aborted === true) throw cancelled();
    const answer = slice(steps);
    if (answer) return answer;
  }
};

const cancelled = (): ApiError =>
  new ApiError(400, { type: "task_cancelled_exception", reason: "task cancelled [nobody waits for the answer]" });
