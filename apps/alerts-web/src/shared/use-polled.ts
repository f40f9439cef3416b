import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { type Polling, startPolling } from "./poll.ts";

export interface Polled<T> {
  /** The last answer; stays while a newer one is on its way or fails. */
  readonly data: T | undefined;
  readonly error: Error | undefined;
  /** Whether `data` answers the current `key`, not an earlier one. */
  readonly current: boolean;
  /** Changes what is shown before the next answer comes, then asks for it. */
  readonly update: (change: (data: T) => T) => void;
  readonly reload: () => void;
}

/**
 * Loads data for as long as the component is mounted.
 *
 * @param key - Names what is loaded; another key starts again.
 * @param everyMs - Milliseconds between loads. Absent: once, with retries when it fails.
 * @param merge - Joins an answer to the one before it for the same key. Default: the new one.
 */
export const usePolled = <T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  everyMs?: number,
  merge: (next: T, previous: T) => T = (next) => next,
): Polled<T> => {
  const [state, setState] = useState<{ key?: string; data?: T; error?: Error }>({});
  const polling = useRef<Polling>(undefined);

  const onLoad = useEffectEvent(load);
  const onData = useEffectEvent((data: T) => {
    setState((before) => {
      const known = before.key === key ? before.data : undefined;
      return { key, data: known === undefined ? data : merge(data, known) };
    });
  });

  useEffect(() => {
    polling.current = startPolling({
      load: (signal) => onLoad(signal),
      onData: (data) => onData(data),
      onError: (error) => setState((before) => ({ ...before, error: error as Error })),
      page: document,
      ...(everyMs === undefined ? {} : { everyMs }),
    });
    return () => polling.current?.stop();
  }, [key, everyMs]);

  const reload = useCallback(() => polling.current?.now(), []);
  const update = useCallback((change: (data: T) => T) => {
    setState((before) => (before.data === undefined ? before : { ...before, data: change(before.data) }));
    polling.current?.now();
  }, []);

  return { data: state.data, error: state.error, current: state.key === key, update, reload };
};
