import type { AnswerOf } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** A page of the audit log. */
export type AuditPage = AnswerOf<"readAudit", 200>;

/** A page of the audit log, newest first. `search` is a query string. */
export const readAudit = (search: string, signal?: AbortSignal): Promise<AuditPage> =>
  ask<"readAudit">("GET /api/audit", { search, ...(signal && { signal }) });
