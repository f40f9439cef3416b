import type { Exception, ExceptionPreview, RequestOf } from "@mozdef/alert-api";
import { ask } from "./request.ts";

type Created = RequestOf<"createException">["body"];

/** Events that an alert leaves out: as the configuration says, then as people do, newest first. */
export const listExceptions = async (name: string, signal: AbortSignal): Promise<readonly Exception[]> =>
  (await ask<"listExceptions">("GET /api/schedules/{name}/exceptions", { params: { name }, signal })).exceptions;

/** How many events of the last day an exception would leave out. */
export const previewException = (name: string, match: Created["match"]): Promise<ExceptionPreview> =>
  ask<"previewException">("POST /api/schedules/{name}/exceptions/preview", { params: { name }, body: { match } });

/** Has an alert leave events out from its next slot on. */
export const createException = (name: string, body: Created): Promise<Exception> =>
  ask<"createException">("POST /api/schedules/{name}/exceptions", { params: { name }, body });

/** Has an alert look at the events of an exception again. */
export const endException = (name: string, id: string, by: string): Promise<Exception> =>
  ask<"endException">("DELETE /api/schedules/{name}/exceptions/{id}", {
    params: { name, id },
    body: { ...(by !== "" && { by }) },
  });
