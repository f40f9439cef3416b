import { illegalArgument, ApiError } from "../errors/api-error.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { bodyRequired, readBody } from "./request.ts";
import { type Handler, ok, type Route } from "./router.ts";

const IGNORED_PARAMETERS = ["timeout", "master_timeout", "local", "cause", "flat_settings", "include_defaults"];

const put: Handler = (request, cluster) => {
  request.parameters.skip(...IGNORED_PARAMETERS);
  const name = request.part("name");
  if (request.parameters.flag("create", false) && cluster.templates.has(name))
    throw illegalArgument(`index template [${name}] already exists`);
  if (request.body === "") throw bodyRequired();
  readBody(request, (body) => cluster.putTemplate(name, body));
  return ok({ acknowledged: true });
};

const get: Handler = ({ parameters, part }, cluster) => {
  parameters.skip(...IGNORED_PARAMETERS);
  const pattern = part("name") || "*";
  const found = [...cluster.templates.values()].filter(({ name }) => matchesSimplePattern(pattern, name));
  if (found.length === 0 && !pattern.includes("*"))
    throw new ApiError(404, {
      type: "resource_not_found_exception",
      reason: `index template matching [${pattern}] not found`,
    });
  return ok({ index_templates: found.map(({ name, shown }) => ({ name, index_template: shown })) });
};

const remove: Handler = ({ parameters, part }, cluster) => {
  parameters.skip(...IGNORED_PARAMETERS);
  const names = part("name").split(",");
  const found = [...cluster.templates.keys()].filter((name) =>
    names.some((pattern) => matchesSimplePattern(pattern, name)),
  );
  const missing = names.find((name) => !name.includes("*") && !cluster.templates.has(name));
  if (missing !== undefined) {
    const reason = `index_template [${missing}] missing`;
    throw new ApiError(404, { type: "index_template_missing_exception", reason });
  }
  for (const name of found) cluster.deleteTemplate(name);
  return ok({ acknowledged: true });
};

export const templateRoutes: readonly Route[] = [
  { methods: ["PUT", "POST"], path: "/_index_template/{name}", handler: put },
  { methods: ["GET", "HEAD"], path: "/_index_template/{name}", handler: get },
  { methods: ["GET"], path: "/_index_template", handler: get },
  { methods: ["DELETE"], path: "/_index_template/{name}", handler: remove },
];
