import type { Caller } from "./caller.ts";

const call = (caller: Caller, method: string, path: string) =>
  caller({ method, path, body: undefined, contentType: "application/json" });

/** Removes everything that scenarios leave on a server: everything whose name starts with `scn-`. */
export const cleanServer = async (caller: Caller): Promise<void> => {
  const indices = await call(caller, "GET", "/scn-*?filter_path=*.settings.index.provided_name&expand_wildcards=all");
  for (const name of Object.keys(JSON.parse(indices.body) as object)) await call(caller, "DELETE", `/${name}`);
  const templates = await call(caller, "GET", "/_index_template/scn-*?filter_path=index_templates.name");
  const { index_templates: found = [] } = JSON.parse(templates.body) as { index_templates?: { name: string }[] };
  for (const { name } of found) await call(caller, "DELETE", `/_index_template/${name}`);
};

/**
 * Scenarios ask for all indices, and are answered the same each time where no others are.
 *
 * @throws {Error} naming what else there is.
 */
export const expectEmptyServer = async (caller: Caller): Promise<void> => {
  const { body } = await call(caller, "GET", "/_all/_alias?expand_wildcards=all");
  const others = Object.keys(JSON.parse(body) as object);
  if (others.length === 0) return;
  throw new Error(`Scenarios need a server without indices of others. This one has: ${others.join(", ")}.`);
};
