import type { FastifyInstance } from "fastify";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import type { Backups } from "./backups.ts";

/** Copies of the embedded store. @param backups - undefined when the store is another one. */
export const backupRoutes = (app: FastifyInstance, { backups }: { readonly backups?: Backups | undefined }): void => {
  serve(app, "makeBackup", async ({ answer }) => {
    if (backups === undefined)
      throw new HttpError(
        "BACKUP_UNSUPPORTED",
        "Only an embedded store is backed up by the service. A cluster has snapshots of its own; `mozdef-alert-runner export` writes what the service keeps there to a file.",
      );
    return answer(201, await backups.make());
  });
};
