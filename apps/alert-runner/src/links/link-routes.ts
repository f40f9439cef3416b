import type { Clock } from "@mozdef/alert-engine";
import { type AlertStore, readAlert } from "@mozdef/alert-store";
import type { AlertMessage } from "@mozdef/alert/runtime";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { alertChanger, type AlertChangerOptions } from "../alerts/change-alerts.ts";
import type { AuditLog, AuditNote } from "../audit/audit-log.ts";
import { type Exchange, serve } from "../http/serve.ts";
import { askPage, closedPage, donePage, LINK_POLICY, type LinkedAlert, problemPage } from "./link-page.ts";
import type { LinkProblem, SignedLinks } from "./signed-links.ts";

export interface LinkRoutesOptions extends AlertChangerOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly audit: AuditLog;
  /** Null: nobody knows where people reach the service, and no message has links. */
  readonly links: SignedLinks | null;
}

type LinkRoute = "getAcknowledgePage" | "acknowledgeByLink";

const PROBLEMS: Readonly<Record<LinkProblem, string>> = {
  forged: "It is not a link of this service, or not the whole of it.",
  over: "It is over a week old. The alert can be acknowledged on its page, after a log-in.",
};

/** What the links in messages lead to. */
export const linkRoutes = (app: FastifyInstance, options: LinkRoutesOptions): void => {
  const { store, clock, audit, links } = options;
  const change = alertChanger(app.log, options);
  // Forms of browsers say this of themselves; there is nothing in them that counts.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, _body, done) => done(null, null));

  /** The alert of a link that works; else what its page says instead. */
  const open = async ({ params: { id }, query, reply, answer }: Exchange<LinkRoute>) => {
    reply.headers({
      ...{ "content-type": "text/html; charset=utf-8", "content-security-policy": LINK_POLICY },
      // "no-referrer" would make browsers send forms without their origin; the address has the signature in it.
      "referrer-policy": "same-origin",
    });
    const problem = links === null ? "forged" : await links.problemOf({ id, ...query }, clock.now());
    if (problem !== null) return { refused: answer(403, problemPage(PROBLEMS[problem])) };
    const read = await readAlert(store, id);
    return read === null
      ? { refused: answer(404, problemPage("The alert is no longer in the store.")) }
      : { alert: read.alert, refused: undefined };
  };

  serve(app, "getAcknowledgePage", async (exchange) => {
    const opened = await open(exchange);
    if (opened.refused !== undefined) return opened.refused;
    return stateOf(opened.alert) ?? askPage(shownOf(opened.alert));
  });

  serve(app, "acknowledgeByLink", async (exchange) => {
    const { alert, refused } = await open(exchange);
    if (refused !== undefined) return refused;
    const state = stateOf(alert);
    if (state !== undefined) return state;
    const { request, query } = exchange;
    const by = `${query.target} (by link)`;
    await change(alert._id, by, { kind: "status", status: "acknowledged" });
    await audit.note(noteOf(request, by, alert._id));
    return donePage(shownOf(alert), by);
  });
};

/** Whoever comes second finds what the first has done. */
const stateOf = (alert: AlertMessage): string | undefined => {
  const { status, acknowledgedby } = alert._source;
  if (status === "closed") return closedPage(shownOf(alert));
  return status === "acknowledged" ? donePage(shownOf(alert), acknowledgedby ?? "somebody") : undefined;
};

const shownOf = ({ _id, _source: { severity, summary } }: AlertMessage): LinkedAlert => ({
  ...{ id: _id, severity, summary },
});

const noteOf = ({ ip: address }: FastifyRequest, by: string, target: string): AuditNote => ({
  ...{ action: "acknowledgeByLink", by, address, via: "link", target, detail: {} },
  ...{ outcome: "done", status: 200, code: null },
});
