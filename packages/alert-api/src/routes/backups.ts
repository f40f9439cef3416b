import { z } from "zod";
import { defineRoutes } from "../route.ts";

/** A copy of the embedded store. */
export const backup = z.strictObject({
  path: z.string().describe("Where it is on the machine of the service, below its folder of backups"),
  bytes: z.int(),
  ms: z.int().describe("How long it took"),
});

/** Copies of the embedded store, made while the service runs. */
export const backupRoutes = defineRoutes({
  makeBackup: {
    methods: ["POST"],
    path: "/api/backups",
    scope: "admin",
    summary: "Makes a copy of the embedded store in the folder of backups, while the service runs",
    answers: { 201: backup },
    errors: { 409: ["BACKUP_RUNNING", "BACKUP_UNSUPPORTED"], 507: ["BACKUP_NO_ROOM"] },
  },
});
