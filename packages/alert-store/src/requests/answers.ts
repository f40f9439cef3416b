import type { AlertStore } from "../alert-store.ts";
import { StoreError } from "../store-error.ts";
import { type BatchedAnswer, type BatchedSearch, msearch, notAnswered, type WholeAnswer } from "./msearch.ts";

/** A search of a batch with its answer. */
export interface Answered<One extends BatchedSearch = BatchedSearch> {
  readonly asked: One;
  readonly answer: WholeAnswer;
}

/**
 * Asks the searches of several lists in one request and gives each list its answers. A list stands for one search of an alert: when
 * one of its answers is an error, so is the list; one that is an error already is passed on.
 *
 * @throws {StoreError} when the request as a whole fails.
 */
export const answersTo = async <One extends BatchedSearch>(
  store: AlertStore,
  lists: readonly (readonly One[] | StoreError)[],
): Promise<readonly (readonly Answered<One>[] | StoreError)[]> => {
  const asked = lists.map((list) => (list instanceof StoreError ? [] : list));
  const answers = await msearch(store, asked.flat());
  let start = 0;
  return lists.map((list) => {
    if (list instanceof StoreError) return list;
    const own = answers.slice(start, (start += list.length));
    return paired(list, own);
  });
};

const paired = <One extends BatchedSearch>(
  list: readonly One[],
  answers: readonly BatchedAnswer[],
): readonly Answered<One>[] | StoreError => {
  const whole: Answered<One>[] = [];
  for (const [index, asked] of list.entries()) {
    const answer = answers[index] ?? notAnswered();
    if (answer instanceof StoreError) return answer;
    whole.push({ asked, answer });
  }
  return whole;
};
