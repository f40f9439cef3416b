/** What an address of this application shows. */
export type Route =
  | { readonly page: "list"; readonly search: string }
  | { readonly page: "details"; readonly id: string }
  | { readonly page: "schedules" }
  | { readonly page: "unknown" };

const ROOT = "/alerts";

/** Where the alerts are managed, as in MozDef. */
export const SCHEDULES_ADDRESS = "/manage-alerts";

/** @param address - Path and query, e.g. `/alerts?page=2` or `/alerts/some-id`. */
export const parseRoute = (address: string): Route => {
  const { pathname, search } = new URL(address, "http://page");
  if (pathname === SCHEDULES_ADDRESS) return { page: "schedules" };
  const rest = pathname === ROOT ? "" : pathname.startsWith(`${ROOT}/`) ? pathname.slice(ROOT.length + 1) : undefined;
  if (rest === "") return { page: "list", search };
  const id = rest === undefined ? undefined : decode(rest);
  return id === undefined ? { page: "unknown" } : { page: "details", id };
};

export const listAddress = (search = ""): string => `${ROOT}${search}`;

export const detailsAddress = (id: string): string => `${ROOT}/${encodeURIComponent(id)}`;

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // e.g. "%E0%A4", which no id encodes to
  }
};
