import { describe, expect, it } from "vitest";
import { context, hit, NOW } from "../../test/fakes.ts";
import {
  type AlertPlugin,
  alertDocument,
  applyPlugins,
  isRegistered,
  pluginProblem,
  preparePlugins,
} from "../runtime.ts";

const alert = alertDocument(
  { summary: "s", category: "c", tags: ["portscan"] },
  { now: NOW, classname: "PromiscKernel", events: [hit("a")] },
);
const appending = (name: string, options: Partial<AlertPlugin> = {}): AlertPlugin => ({
  name,
  registration: "*",
  onMessage: (message) => ({ ...message, summary: `${message.summary} ${name}` }),
  ...options,
});

describe("applyPlugins", () => {
  it("runs them by priority, then in the order given", async () => {
    const plugins = [
      appending("c", { priority: 35 }),
      appending("a", { priority: 1 }),
      appending("x"),
      appending("y"),
      appending("b", { priority: 10 }),
    ];
    expect((await applyPlugins(alert, plugins, context())).alert?.summary).toBe("s a b c x y");
  });

  it("runs one whose word is a key or a value, in lower case", async () => {
    const plugins = ["portscan", "promisckernel", "classname", "PromiscKernel", "other"].map((registration) =>
      appending(registration, { registration: [registration] }),
    );
    expect((await applyPlugins(alert, plugins, context())).alert?.summary).toBe("s portscan promisckernel classname");
  });

  it("lets a later one see what an earlier one added", async () => {
    const plugins = [
      appending("first", { priority: 1, onMessage: (message) => ({ ...message, details: { sites: [] } }) }),
      appending("second", { registration: "sites" }),
    ];
    expect((await applyPlugins(alert, plugins, context())).alert?.summary).toBe("s second");
  });

  it("goes on without the changes of one that fails", async () => {
    const failing = appending("bad", {
      priority: 1,
      onMessage: (message) => {
        Object.assign(message, { summary: "half" });
        throw new Error("no database");
      },
    });
    const result = await applyPlugins(alert, [failing, appending("good")], context());
    expect(result.alert?.summary).toBe("s good");
    expect(result.errors.map(({ code, message }) => [code, message])).toEqual([
      ["ALERT_PLUGIN_FAILED", "Plugin bad failed on PromiscKernel: no database"],
    ]);
  });

  it("stops when one drops the alert", async () => {
    const result = await applyPlugins(
      alert,
      [appending("drop", { priority: 1, onMessage: () => null }), appending("x")],
      context(),
    );
    expect(result.alert).toBeNull();
  });
});

describe("preparePlugins", () => {
  const services = { now: NOW, log: context().log, fetch: context().fetch };

  it("gives each plugin that wants it what it reads with", async () => {
    const seen: unknown[] = [];
    const preparing = appending("a", { prepare: (given) => void seen.push(given) });
    await preparePlugins([preparing, appending("b")], services);
    expect(seen).toEqual([services]);
  });

  it("names the plugin that cannot start", async () => {
    const failing = appending("a", { prepare: () => Promise.reject(new Error("no file")) });
    await expect(preparePlugins([failing], services)).rejects.toMatchObject({
      code: "PLUGIN_DATA_INVALID",
      message: "Plugin a cannot start: no file",
    });
  });

  it("is a function, or nothing", () => {
    expect(pluginProblem({ ...appending("a"), prepare: "no" })).toBe("prepare of a is not a function");
  });
});

it("isRegistered takes one word or several", () => {
  expect(isRegistered("*", {})).toBe(true);
  expect(isRegistered("ssh", { tags: ["SSH"] })).toBe(true);
  expect(isRegistered(["a", "ssh"], { ssh: 1 })).toBe(true);
  expect(isRegistered([], { ssh: 1 })).toBe(false);
});
