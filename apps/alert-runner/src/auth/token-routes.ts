import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Tokens } from "./tokens.ts";

/** What programs sign in with. */
export const tokenRoutes = (app: FastifyInstance, { tokens }: { readonly tokens: Tokens }): void => {
  serve(app, "listTokens", async () => ({ tokens: await tokens.list() }));

  serve(app, "createToken", async ({ request, body: { name, scope, expires }, answer }) =>
    answer(201, await tokens.create({ name, scope, validMs: expires, by: request.changedBy })),
  );

  serve(app, "revokeToken", async ({ params: { name } }) => {
    await tokens.revoke(name);
    return { revoked: name };
  });
};
