import { useState } from "react";

/** What came of the last question. */
export interface Answer<T> {
  readonly data: T | undefined;
  readonly error: Error | undefined;
  readonly busy: boolean;
  /** Asks once more; while an answer is waited for, nothing. */
  readonly ask: (question: () => Promise<T>) => void;
}

/** Something that is asked when somebody wants to know it, since it is dear. */
export const useAnswer = <T>(): Answer<T> => {
  const [state, setState] = useState<Omit<Answer<T>, "ask">>({ data: undefined, error: undefined, busy: false });
  const ask = (question: () => Promise<T>) => {
    if (state.busy) return;
    setState({ ...state, error: undefined, busy: true });
    question().then(
      (data) => setState({ data, error: undefined, busy: false }),
      (error: unknown) => setState({ data: undefined, error: error as Error, busy: false }),
    );
  };
  return { ...state, ask };
};
