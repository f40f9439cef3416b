import { SCOPE_OF_ROLE } from "@mozdef/alert-api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AuditLog, AuditNote } from "../audit/audit-log.ts";
import { isPage } from "../http/page-paths.ts";
import { serve } from "../http/serve.ts";
import type { LogIn } from "./log-in.ts";
import { OidcError } from "./oidc.ts";
import { clearJourneyCookie, readJourneyCookie, setJourneyCookie } from "./session-cookie.ts";

export interface OidcRoutesOptions extends Pick<LogIn, "oidc" | "sessionAccess"> {
  readonly audit: AuditLog;
}

/** Leads browsers to the OpenID provider and back. What goes wrong is told at the pages in a word; the log has the reason. */
export const oidcRoutes = (app: FastifyInstance, { oidc, sessionAccess, audit }: OidcRoutesOptions): void => {
  const told = async (request: FastifyRequest, error: unknown): Promise<string> => {
    if (!(error instanceof OidcError)) throw error;
    request.log.warn({ err: error }, "somebody could not sign in at the OpenID provider");
    await audit.noteRefusal({
      ...noteOf(request),
      by: "anonymous",
      outcome: "refused",
      status: 401,
      code: "SIGN_IN_FAILED",
    });
    return `/alerts#sign-in-${error.kind}`;
  };

  serve(app, "signInAtProvider", async ({ request, reply, query: { next }, answer }) => {
    try {
      if (oidc === null) throw new OidcError("failed", "There is no OpenID provider (auth.oidc).");
      const { url, journey } = await oidc.begin(pageOr(next));
      setJourneyCookie(request, reply, journey);
      return answer(302, url);
    } catch (error) {
      return answer(302, await told(request, error));
    }
  });

  serve(app, "comeBackFromProvider", async ({ request, reply, answer }) => {
    const journey = readJourneyCookie(request);
    clearJourneyCookie(request, reply);
    try {
      if (oidc === null || journey === null)
        throw new OidcError(
          "failed",
          "A browser came back from the provider that has not begun here, or too long ago.",
        );
      const { name, role } = await oidc.finish(request.url.split("?")[1] ?? "", journey);
      const scope = SCOPE_OF_ROLE[role];
      await sessionAccess.begin(request, reply, { user: name, via: "oidc", scope, version: null });
      await audit.note({ ...noteOf(request), by: name, outcome: "done", status: 302, code: null });
      return answer(302, pageOr(journey.next));
    } catch (error) {
      return answer(302, await told(request, error));
    }
  });
};

/** Only to pages of the service itself. */
const pageOr = (address: string): string => (/^\/[\x21-\x7e]*$/.test(address) && isPage(address) ? address : "/alerts");

const noteOf = ({
  ip: address,
}: FastifyRequest): Pick<AuditNote, "action" | "via" | "address" | "target" | "detail"> => ({
  ...{ action: "signIn", via: "oidc", address, target: null, detail: {} },
});
