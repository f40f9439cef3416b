/** What polling needs to know of the page: `document`, or a stand-in in tests. */
export interface PageVisibility {
  readonly hidden: boolean;
  addEventListener(type: "visibilitychange", listener: () => void): void;
  removeEventListener(type: "visibilitychange", listener: () => void): void;
}

export interface PollOptions<T> {
  readonly load: (signal: AbortSignal) => Promise<T>;
  /** Milliseconds between the end of one load and the next. Absent: load once, and go on only while it fails. */
  readonly everyMs?: number;
  readonly onData: (data: T) => void;
  readonly onError: (error: unknown) => void;
  readonly page: PageVisibility;
}

export interface Polling {
  /** Loads at once; a load under way is given up, since its answer may be older than the reason for this one. */
  now(): void;
  stop(): void;
}

const RETRY_MS = 3_000;
const MAX_RETRY_MS = 30_000;

/** The wait after a number of failures in a row: doubles from 3 seconds to half a minute. */
export const retryDelay = (failures: number): number =>
  Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** Math.max(0, failures - 1));

/** Loads now and again and again. A hidden page rests and loads as soon as it is seen again. */
export const startPolling = <T>({ load, everyMs, onData, onError, page }: PollOptions<T>): Polling => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let failures = 0;
  let due = false;

  const schedule = (delayMs: number | undefined) => {
    if (delayMs === undefined) return;
    timer = setTimeout(() => {
      due = page.hidden;
      if (!due) void run();
    }, delayMs);
  };

  const run = async () => {
    clearTimeout(timer);
    running?.abort();
    const current = (running = new AbortController());
    try {
      const data = await load(current.signal);
      if (current.signal.aborted) return;
      failures = 0;
      onData(data);
      schedule(everyMs);
    } catch (error) {
      if (current.signal.aborted) return;
      failures += 1;
      onError(error);
      schedule(retryDelay(failures));
    }
  };

  const onVisibility = () => {
    if (page.hidden || !due) return;
    due = false;
    void run();
  };

  page.addEventListener("visibilitychange", onVisibility);
  void run();
  return {
    now: () => void run(),
    stop: () => {
      clearTimeout(timer);
      running?.abort();
      page.removeEventListener("visibilitychange", onVisibility);
    },
  };
};
