import { type PageName, pageNames, PAGES } from "./pages.ts";

/** What an address of this application shows. */
export type Route =
  | { readonly page: PageName; readonly search: string }
  | { readonly page: "details"; readonly id: string }
  | { readonly page: "rule"; readonly name: string }
  | { readonly page: "unknown" };

const ROOT = PAGES.list.address;
const RULES = PAGES.schedules.address;

/** @param address - Path and query, e.g. `/alerts?page=2` or `/alerts/some-id`. */
export const parseRoute = (address: string): Route => {
  const { pathname, search } = new URL(address, "http://page");
  const path = pathname === `${ROOT}/` ? ROOT : pathname;
  const page = pageNames.find((name) => PAGES[name].address === path);
  if (page !== undefined) return { page, search };
  const id = partBelow(ROOT, pathname);
  if (id !== undefined) return { page: "details", id };
  const name = partBelow(RULES, pathname);
  return name === undefined || name === "" ? { page: "unknown" } : { page: "rule", name };
};

/** What stands below an address, as it was before it was encoded. */
const partBelow = (address: string, pathname: string): string | undefined =>
  pathname.startsWith(`${address}/`) ? decode(pathname.slice(address.length + 1)) : undefined;

export const listAddress = (search = ""): string => `${ROOT}${search}`;

export const detailsAddress = (id: string): string => `${ROOT}/${encodeURIComponent(id)}`;

/** The page of one alert rule. */
export const ruleAddress = (name: string): string => `${RULES}/${encodeURIComponent(name)}`;

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // e.g. "%E0%A4", which no id encodes to
  }
};
