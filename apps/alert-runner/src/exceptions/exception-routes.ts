import {
  type AlertHost,
  clausesOf,
  type Clock,
  createException,
  endException,
  type ExceptionMatch,
  type ExceptionPreview,
  type Exceptions,
  getException,
  listExceptions,
  previewException,
  type Scheduler,
  taskRefAt,
  type VersionedException,
} from "@mozdef/alert-engine";
import type { Exception } from "@mozdef/alert-api";
import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyInstance, FastifyReply } from "fastify";
import { fewAtOnce } from "../analysis/few-at-once.ts";
import { problemView } from "../analysis/problem-view.ts";
import type { Config } from "../config/config-schema.ts";
import { serve } from "../http/serve.ts";
import { configuredView, storedView } from "./exception-view.ts";

export interface ExceptionRoutesOptions {
  readonly store: AlertStore;
  readonly scheduler: Scheduler;
  readonly host: AlertHost;
  readonly clock: Clock;
  readonly limits: Pick<Config["limits"], "runMs">;
  readonly exceptions: Exceptions;
}

/** Each counts the events of a day, twice. */
const MOST_AT_ONCE = 2;

/** Events that an alert does not look at. */
export const exceptionRoutes = (app: FastifyInstance, options: ExceptionRoutesOptions): void => {
  const { store, scheduler, host, clock, limits, exceptions } = options;
  const inTurn = fewAtOnce(MOST_AT_ONCE);

  const preview = (name: string, match: ExceptionMatch): Promise<ExceptionPreview> => {
    const { alert } = scheduler.state(name);
    const now = clock.now();
    const wanted = clausesOf({ match, reason: "a preview", until: null });
    const scope = { now, timeoutMs: limits.runMs };
    return inTurn(() => previewException({ store, host, task: taskRefAt(alert, now, exceptions), wanted, scope }));
  };

  const shown = (exception: VersionedException, reply: FastifyReply): Exception => {
    reply.version = exception.version;
    return storedView(exception, clock.now());
  };

  /** This instance knows of it at once, others within seconds. */
  const changed = async (exception: VersionedException, reply: FastifyReply): Promise<Exception> => {
    await exceptions.refresh(clock.now());
    return shown(exception, reply);
  };

  serve(app, "listExceptions", async ({ params: { name } }) => {
    const { alert } = scheduler.state(name);
    const now = clock.now();
    const stored = (await listExceptions(store, now)).filter((one) => one.alert === name);
    return {
      exceptions: [
        ...alert.exceptions.map((one) => configuredView(one, now)),
        ...stored.map((one) => storedView(one, now)),
      ],
    };
  });

  serve(app, "getException", async ({ params: { name: alert, id }, reply }) => {
    scheduler.state(alert);
    return shown(await getException(store, { alert, id }), reply);
  });

  serve(app, "previewException", async ({ params: { name }, body: { match } }) => {
    const { searches, moreSearches, errors } = await preview(name, match);
    return { searches, moreSearches, errors: errors.map(problemView) };
  });

  serve(app, "createException", async ({ params: { name: alert }, body, reply, answer }) => {
    // One value that a field cannot have would make every run of the alert fail.
    await preview(alert, body.match);
    const exception = await createException(store, { ...body, alert }, clock.now());
    app.log.info({ by: body.by, alert, exception: exception.id, until: exception.until }, "an alert leaves events out");
    return answer(201, await changed(exception, reply));
  });

  serve(app, "endException", async ({ params: { name: alert, id }, body: { by }, ifMatch, reply }) => {
    scheduler.state(alert);
    const exception = await endException(store, { alert, id }, by, clock.now(), ifMatch);
    app.log.info({ by, alert, exception: id }, "an exception of an alert was ended");
    return changed(exception, reply);
  });
};
