import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { HttpError } from "./http-error.ts";
import { INDEX_PATHS } from "./page-paths.ts";

/** The folder with the built pages of `@mozdef/alerts-web`. */
export const webRoot = (): string =>
  path.dirname(createRequire(import.meta.url).resolve("@mozdef/alerts-web/index.html"));

/** The pages. Addresses that are not a file show `index.html`, which reads the address itself. */
export const pageRoutes = async (app: FastifyInstance, root: string): Promise<void> => {
  // The address of an alert on MozDef's own pages, which old messages still link to.
  app.get<{ Params: { id: string } }>("/alert/:id", ({ params }, reply) =>
    reply.redirect(`/alerts/${encodeURIComponent(params.id)}`),
  );
  if (!existsSync(path.join(root, "index.html"))) {
    app.get("/alerts", () => {
      throw new HttpError(
        "PAGES_MISSING",
        "The pages are not built. Build them with: pnpm --filter @mozdef/alerts-web build",
      );
    });
    return;
  }
  // Names of assets hold a hash of their content, so a copy is good for ever.
  await app.register(staticFiles, {
    root: path.join(root, "assets"),
    prefix: "/alerts/assets/",
    immutable: true,
    maxAge: "365d",
    index: false,
  });
  app.get("/alerts/favicon.svg", (_request, reply) => reply.sendFile("favicon.svg", root));
  for (const url of INDEX_PATHS)
    app.get(url, (_request, reply) =>
      reply.header("cache-control", "no-cache").sendFile("index.html", root, { cacheControl: false }),
    );
};
