import { isChange } from "@mozdef/alert-api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { errorAnswer } from "../http/error-answers.ts";
import { auditDetail } from "./audit-detail.ts";
import type { AuditLog, AuditNote } from "./audit-log.ts";

/** Notes every change before it is answered, and who was refused: one, and every log-in that is none. */
export const auditChanges = (app: FastifyInstance, audit: AuditLog): void => {
  const codes = new WeakMap<FastifyRequest, string>();
  app.addHook("onError", (request, _reply, error, done) => {
    codes.set(request, errorAnswer(error).code);
    done();
  });
  app.addHook("onSend", async (request, { statusCode }) => {
    const { route, name } = request.routeOptions.config;
    if (route === undefined || name === undefined) return;
    const code = codes.get(request) ?? null;
    const isFailedLogIn = code === "AUTHENTICATION_FAILED";
    if (!isFailedLogIn && !(isChange(route) && isWorthNoting(statusCode))) return;
    const note = { ...noteOf(request, isFailedLogIn ? "signIn" : name), status: statusCode, code };
    if (statusCode < 400) await audit.note({ ...note, outcome: "done" });
    else if (statusCode >= 500) await audit.note({ ...note, outcome: "failed" });
    else await audit.noteRefusal({ ...note, outcome: "refused" });
  });
};

/** A request that is wrong, or about something that is not there, changes nothing and gives nothing away. */
const isWorthNoting = (status: number): boolean => status < 400 || status === 401 || status === 403 || status >= 500;

const noteOf = (request: FastifyRequest, action: string): Omit<AuditNote, "status" | "code" | "outcome"> => {
  const { identity, changedBy: by, ip: address, body, routeOptions } = request;
  const params = Object.values(request.params as Readonly<Record<string, string>>);
  return {
    ...{ action, by, address, via: identity?.via ?? "none" },
    target: params.length === 0 ? null : params.join("/").slice(0, 1_000),
    detail: action === "signIn" ? { route: routeOptions.config.name } : auditDetail(body),
  };
};
