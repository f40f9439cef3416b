import { useState } from "react";

/** Changes one after the other, and what came of the last one. */
export interface Attempts {
  readonly error: Error | undefined;
  /** What was done, for the reader. */
  readonly done: string;
  /** @param change - Answers what to tell the reader. */
  readonly attempt: (change: () => Promise<string>) => Promise<boolean>;
}

/** @param onDone - Called when something was changed. */
export const useAttempt = (onDone: () => void): Attempts => {
  const [state, setState] = useState<{ readonly error?: Error; readonly done: string }>({ done: "" });
  const attempt = async (change: () => Promise<string>): Promise<boolean> => {
    try {
      setState({ done: await change() });
      onDone();
      return true;
    } catch (error) {
      setState({ error: error as Error, done: "" });
      return false;
    }
  };
  return { error: state.error, done: state.done, attempt };
};
