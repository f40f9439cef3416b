import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type PageVisibility, retryDelay, startPolling } from "./poll.ts";

class FakePage implements PageVisibility {
  hidden = false;
  readonly listeners = new Set<() => void>();
  addEventListener(_type: string, listener: () => void) {
    this.listeners.add(listener);
  }
  removeEventListener(_type: string, listener: () => void) {
    this.listeners.delete(listener);
  }
  show(visible: boolean) {
    this.hidden = !visible;
    for (const listener of this.listeners) listener();
  }
}

const setup = (everyMs?: number) => {
  const page = new FakePage();
  const load = vi.fn<(signal: AbortSignal) => Promise<string>>().mockResolvedValue("data");
  const onData = vi.fn<(data: string) => void>();
  const onError = vi.fn<(error: unknown) => void>();
  const polling = startPolling({ load, onData, onError, page, ...(everyMs === undefined ? {} : { everyMs }) });
  return { page, load, onData, onError, polling };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("startPolling", () => {
  it("loads at once and then at its interval", async () => {
    const { load, onData } = setup(4_000);
    expect(load).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(load).toHaveBeenCalledTimes(3);
    expect(onData).toHaveBeenLastCalledWith("data");
  });

  it("loads once without an interval", async () => {
    const { load } = setup();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("retries with growing waits until it works again", async () => {
    const { load, onError, onData, polling } = setup();
    await vi.advanceTimersByTimeAsync(0);
    onData.mockClear();
    load.mockRejectedValueOnce(new Error("first")).mockRejectedValueOnce(new Error("second"));
    polling.now();
    await vi.advanceTimersByTimeAsync(2_999);
    expect(onError).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(onError).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(onData).toHaveBeenCalledExactlyOnceWith("data");
  });

  it("rests while the page is hidden and catches up when it is seen", async () => {
    const { load, page } = setup(4_000);
    await vi.advanceTimersByTimeAsync(0);
    page.show(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    page.show(true);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("does not load early just because the page is seen", async () => {
    const { load, page } = setup(4_000);
    await vi.advanceTimersByTimeAsync(0);
    page.show(false);
    page.show(true);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("ignores the answer of a load that was overtaken", async () => {
    const { load, onData, polling } = setup(4_000);
    await vi.advanceTimersByTimeAsync(0);
    onData.mockClear();
    const answers: ((data: string) => void)[] = [];
    load.mockReturnValueOnce(new Promise((resolve) => answers.push(resolve))).mockResolvedValueOnce("newer");
    polling.now();
    polling.now();
    answers[0]?.("older");
    await vi.advanceTimersByTimeAsync(0);
    expect(onData).toHaveBeenCalledExactlyOnceWith("newer");
  });

  it("stops for good", async () => {
    const { load, onData, page, polling } = setup(4_000);
    polling.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(load.mock.calls[0]?.[0].aborted).toBe(true);
    expect(onData).not.toHaveBeenCalled();
    expect(page.listeners.size).toBe(0);
  });
});

describe("retryDelay", () => {
  it.each([
    [1, 3_000],
    [2, 6_000],
    [4, 24_000],
    [5, 30_000],
    [500, 30_000],
  ])("after %i failures waits %i ms", (failures, ms) => expect(retryDelay(failures)).toBe(ms));
});
