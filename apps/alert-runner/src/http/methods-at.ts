import { PAGE_PATHS, routeNames, routeOf } from "@mozdef/alert-api";

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll("*", ".*")}$`);

const ROUTES = [
  ...routeNames.map(routeOf).map(({ path, methods }) => ({ pattern: patternOf(path), methods })),
  ...PAGE_PATHS.map((path) => ({ pattern: patternOf(path), methods: ["GET"] as const })),
];

/** The methods that the routes and pages at a path have; none when there is no route. */
export const methodsAt = (path: string): readonly string[] => {
  const methods = ROUTES.filter(({ pattern }) => pattern.test(path)).flatMap(
    (route): readonly string[] => route.methods,
  );
  return [...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))];
};
