import { PAGE_PATHS } from "@mozdef/alert-api";

/** Addresses of the contract that are files, or lead elsewhere. */
const NOT_A_PAGE: readonly string[] = ["/alerts/assets/*", "/alerts/favicon.svg", "/alert/{id}"];

/** Where `index.html` is served, as Fastify writes paths: `/alerts/*`, `/manage-alerts/:name`. */
export const INDEX_PATHS: readonly string[] = PAGE_PATHS.filter((path) => !NOT_A_PAGE.includes(path)).map((path) =>
  path.replaceAll(/\{(\w+)\}/g, ":$1"),
);

const PATTERNS = PAGE_PATHS.map(
  (path) =>
    new RegExp(
      `^${path
        .replaceAll(".", "\\.")
        .replace("/*", "/.*")
        .replaceAll(/\{\w+\}/g, "[^/]+")}/?$`,
    ),
);

/** Whether an address is that of a page or of a file that belongs to the pages. @param url - Path and query. */
export const isPage = (url: string): boolean => {
  const [path = ""] = url.split("?", 1);
  return PATTERNS.some((pattern) => pattern.test(path));
};
