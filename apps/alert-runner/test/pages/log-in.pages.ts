/// <reference lib="dom" />
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../support/free-port.ts";
import { startProvider } from "../support/oidc-provider.ts";
import { createSite, runCommand, type ServiceProcess, startService } from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openBrowser } from "./browser.ts";
import { takePicture } from "./visit.ts";

const PASSWORD = "correct horse battery";
const site = createSite(`{ packs: ["@mozdef/alerts-ssh"], auth: {} }`);
let service: ServiceProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await runCommand(site, ["users", "create", "ann", "--role", "analyst"], `${PASSWORD}\n`);
  service = await startService(site, "built");
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await service.end("SIGTERM");
  site.remove();
});

const signIn = async (password: string) => {
  await page.getByLabel("Name").fill("ann");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
};

/** One story: each test goes on where the one before it ended. */
describe("the pages of a service with a log-in", () => {
  it("ask who somebody is, and show nothing else", async () => {
    await page.goto(`${service.url}/`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.title()).toBe("Sign in · MozDef");
    expect(await page.getByRole("table").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("name");
    await takePicture(page, "log-in");
  });

  it.each(["light", "dark"] as const)("have a log-in in which axe finds nothing wrong, %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await takePicture(page, `log-in-390-${colorScheme}`);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("say when the password is wrong", async () => {
    await signIn("wrong");
    await page.getByRole("alert").filter({ hasText: "The name or the password is wrong." }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, "log-in-wrong");
  });

  it("show what was asked for once somebody has signed in, also after a new load", async () => {
    await page.goto(`${service.url}/manage-alerts`);
    await signIn(PASSWORD);
    await page.getByText("AlertBruteforceSsh").first().waitFor();
    await page.reload();
    await page.getByText("Signed in as ann").waitFor();
    expect(await page.getByLabel("Ack as").count()).toBe(0);
    expect(await page.evaluate(() => document.cookie)).toBe("");
    await takePicture(page, "signed-in");
  });

  it("offer an analyst no change of rules, which the service would refuse", async () => {
    await page.getByText("AlertBruteforceSsh").first().waitFor();
    expect(await page.getByRole("button", { name: /Run now|arm / }).count()).toBe(0);
    const status = await page.evaluate(async () => {
      const body = JSON.stringify({ enabled: true });
      const headers = { "content-type": "application/json" };
      return (await fetch("/api/schedules/AlertBruteforceSsh", { method: "PATCH", headers, body })).status;
    });
    expect(status).toBe(403);
  });

  it("ask again once somebody has signed out", async () => {
    await page.getByText("Signed in as ann").click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.getByText("AlertBruteforceSsh").count()).toBe(0);
    const status = await page.evaluate(async () => (await fetch("/api/schedules")).status);
    expect(status).toBe(401);
  });
});

describe("the pages of a service with an OpenID provider", () => {
  it("let somebody in who signs in there, to the page that they wanted, and nobody who has no role here", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const redirectUrl = `${url}/login/oidc/callback`;
    const { close, ...provider } = await startProvider(redirectUrl);
    onTestFinished(close);
    const oidc = { ...provider, redirectUrl, label: "Example ID", roles: { soc: "analyst" } };
    const withProvider = createSite(JSON.stringify({ packs: [], auth: { passwords: false, oidc } }));
    onTestFinished(withProvider.remove);
    const served = await startService(withProvider, "built", port);
    onTestFinished(async () => {
      await served.end("SIGTERM");
    });

    /** Goes to the page of silences in a browser of their own, and signs in at the provider as an account. */
    const visit = async (account: string): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      onTestFinished(() => context.close());
      const visitor = await context.newPage();
      visitor.setDefaultTimeout(15_000);
      await visitor.goto(`${url}/silences?from=here`);
      await visitor.getByRole("link", { name: "Sign in with Example ID" }).waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await visitor.emulateMedia({ colorScheme });
        expect(await accessibilityProblems(visitor)).toEqual([]);
      }
      await visitor.getByRole("link", { name: "Sign in with Example ID" }).click();
      await visitor.locator('input[name="login"]').fill(account);
      await visitor.locator('input[name="password"]').fill("any");
      await visitor.getByRole("button", { name: "Sign-in" }).click();
      await visitor.getByRole("button", { name: "Continue" }).click();
      return visitor;
    };
    const ann = await visit("ann,soc");
    await ann.getByText("Signed in as ann").waitFor();
    expect(ann.url()).toBe(`${url}/silences?from=here`);
    await ann.getByText("Nothing is muted.").waitFor();
    await ann.reload();
    await ann.getByText("Signed in as ann").waitFor();
    await ann.getByText("Signed in as ann").click();
    await ann.getByRole("button", { name: "Sign out", exact: true }).click();
    await ann.getByRole("link", { name: "Sign in with Example ID" }).waitFor();

    const eve = await visit("eve,guests");
    await eve.getByRole("alert").filter({ hasText: "none of your groups has a role here" }).waitFor();
    expect(await accessibilityProblems(eve)).toEqual([]);
  });
});
