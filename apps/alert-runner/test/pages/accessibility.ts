import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong on a page as it is shown now, a line for each place; empty when it is well. */
export const accessibilityProblems = async (page: Page): Promise<readonly string[]> => {
  // By the protocol of the browser: the policy of the page would refuse a script of anybody else.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (window as unknown as { readonly axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
};
