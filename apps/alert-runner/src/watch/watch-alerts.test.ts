import type { LoadFailure } from "@mozdef/alert-engine";
import { describe, expect, it, vi } from "vitest";
import type { LoadedAlerts } from "../packs/load-alerts.ts";
import type { WatchedFolder } from "./own-modules.ts";
import { watchAlerts } from "./watch-alerts.ts";

const loaded = (names: readonly string[], failures: readonly LoadFailure[] = [], fields = {}): LoadedAlerts =>
  ({ registry: { alerts: names.map((name) => ({ name })), failures, fields, indices: {} } }) as unknown as LoadedAlerts;

/** A service that watches; a test says what changes and what is loaded then. */
const watching = (first = loaded(["AlertA"]), file: string | null = "/site/mozdef.config.ts") => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const load = vi.fn<() => Promise<LoadedAlerts>>();
  const takeOver = vi.fn<(next: LoadedAlerts) => Promise<void>>(() => Promise.resolve());
  const folders: WatchedFolder[] = [{ path: "/site/src", isDeep: true }];
  const modules = { folders: () => [...folders], renew: vi.fn() };
  let tell: (files: readonly string[]) => void = () => undefined;
  const close = vi.fn();
  const watch = vi.fn((_folders: readonly WatchedFolder[], onChange: typeof tell) => {
    tell = onChange;
    return { close };
  });
  const alerts = watchAlerts({ modules, watch, load, service: { takeOver }, loaded: first, file, log });
  const change = async (next: LoadedAlerts | Error, path = "/site/src/alert-a.ts") => {
    if (next instanceof Error) load.mockRejectedValueOnce(next);
    else load.mockResolvedValueOnce(next);
    tell([path]);
    await alerts.settled();
  };
  return { log, load, takeOver, modules, watch, close, folders, change, tell: () => tell, alerts };
};

/** An error of the sources of a pack. */
const broken = (): Error => {
  const cause = new SyntaxError("Expression expected");
  cause.stack = "/site/src/alert-a.ts:12\nconst x = ((;\n\nSyntaxError: Expression expected";
  return new Error("The package cannot be loaded: Expression expected", { cause });
};

describe("watching alerts", () => {
  it("has the service take over what has changed, loaded anew", async () => {
    const { change, takeOver, modules, log } = watching();
    const next = loaded(["AlertB"]);
    await change(next);
    expect(modules.renew).toHaveBeenCalledOnce();
    expect(takeOver).toHaveBeenCalledExactlyOnceWith(next);
    expect(log.info).toHaveBeenLastCalledWith(
      expect.objectContaining({ added: ["AlertB"], removed: ["AlertA"] }),
      "took over the alerts as they are now",
    );
    expect([log.warn.mock.calls, log.error.mock.calls]).toEqual([[], []]);
  });

  it("leaves the version before where the sources do not compile, and says where", async () => {
    const { change, takeOver, log } = watching();
    await change(broken());
    expect(takeOver).not.toHaveBeenCalled();
    expect(log.error).toHaveBeenCalledExactlyOnceWith(
      { place: "alert-a.ts:12" },
      "not taken over: The package cannot be loaded: Expression expected",
    );
    expect(log.warn).toHaveBeenCalledExactlyOnceWith(
      { files: [expect.stringContaining("alert-a.ts")] },
      "the alerts run on as they were before",
    );
    await change(loaded(["AlertA"]));
    expect(takeOver).toHaveBeenCalledOnce();
  });

  it("leaves the version before where one alert cannot be made, as a whole", async () => {
    const failure = { source: "my-alerts: AlertA", code: "PACK_INVALID", message: "no", place: "src/a.ts:3:1" };
    const { change, takeOver, log } = watching();
    await change(loaded(["AlertB"], [failure]));
    expect(takeOver).not.toHaveBeenCalled();
    const { message, ...fields } = failure;
    expect(log.error).toHaveBeenCalledExactlyOnceWith(fields, `not taken over: ${message}`);
  });

  it("takes over what is no worse than before", async () => {
    const failure = { source: "other-pack", code: "PACK_NOT_FOUND", message: "There is no package" };
    const { change, takeOver } = watching(loaded(["AlertA"], [failure]));
    await change(loaded(["AlertA"], [failure]));
    expect(takeOver).toHaveBeenCalledOnce();
  });

  it("says so when the process of the alerts cannot be started", async () => {
    const { change, takeOver, log } = watching();
    takeOver.mockRejectedValueOnce(new Error("The process that runs the alerts cannot be started: x"));
    await change(loaded(["AlertA"]));
    expect(log.error).toHaveBeenCalledExactlyOnceWith({}, expect.stringContaining("cannot be started: x"));
  });

  it("looks where new sources lie, and no longer where none do", async () => {
    const { change, folders, watch, close } = watching();
    folders.push({ path: "/site/packs/door/src", isDeep: true });
    await change(broken());
    expect(close).toHaveBeenCalledOnce();
    expect(watch.mock.calls.map(([watched]) => watched.length)).toEqual([1, 2]);
    await change(loaded(["AlertA"]));
    expect(watch).toHaveBeenCalledTimes(2);
  });

  it("takes one version after the other, and of what changes meanwhile the newest", async () => {
    const { load, takeOver, tell, alerts } = watching();
    let finish: (first: LoadedAlerts) => void = () => undefined;
    const first = new Promise<LoadedAlerts>((resolve) => (finish = resolve));
    load.mockReturnValueOnce(first).mockResolvedValueOnce(loaded(["AlertC"]));
    tell()(["/site/src/a.ts"]);
    tell()(["/site/src/b.ts"]);
    tell()(["/site/src/c.ts"]);
    expect(load).toHaveBeenCalledOnce();
    finish(loaded(["AlertB"]));
    await alerts.settled();
    expect(takeOver.mock.calls.map(([{ registry }]) => registry.alerts.map(({ name }) => name))).toEqual([
      ["AlertB"],
      ["AlertC"],
    ]);
  });

  it("says what needs a new start", async () => {
    const { change, log } = watching();
    await change(loaded(["AlertA"], [], { "details.bytes": "long" }));
    expect(log.warn).toHaveBeenLastCalledWith(expect.stringContaining("fields or indices"));
    await change(loaded(["AlertA"], [], { "details.bytes": "long" }), "/site/mozdef.config.ts");
    expect(log.warn).toHaveBeenLastCalledWith(expect.stringContaining("only packs and alerts"));
    expect(log.warn).toHaveBeenCalledTimes(2);
  });
});
