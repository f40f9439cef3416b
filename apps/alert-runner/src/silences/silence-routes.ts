import { isoUtc, messageOf } from "@mozdef/alert";
import type { Silence as SilenceView } from "@mozdef/alert-api";
import {
  changeSilence,
  type Clock,
  createSilence,
  endSilence,
  EngineError,
  getSilence,
  listSilences,
  type Match,
  type Matcher,
  type Mutes,
  readMatch,
  type Silence,
  silenceState,
  type VersionedSilence,
} from "@mozdef/alert-engine";
import { type AlertStore, findOpenAlerts } from "@mozdef/alert-store";
import type { FastifyInstance, FastifyReply } from "fastify";
import { serve } from "../http/serve.ts";

export interface SilenceRoutesOptions {
  readonly store: AlertStore;
  readonly clock: Pick<Clock, "now">;
  readonly mutes: Pick<Mutes, "refresh">;
}

/** How far back a preview looks, in milliseconds. */
const PREVIEW_MS = 86_400_000;

/** Names in a preview. */
const MOST_NAMES = 100;

/** Alerts that are stored and not sent for a time. */
export const silenceRoutes = (app: FastifyInstance, { store, clock, mutes }: SilenceRoutesOptions): void => {
  const shown = (silence: VersionedSilence, reply: FastifyReply): SilenceView => {
    reply.version = silence.version;
    return viewOf(silence, clock.now());
  };

  /** This instance knows of it at once, others within seconds. */
  const changed = async (silence: VersionedSilence, reply: FastifyReply): Promise<SilenceView> => {
    await mutes.refresh(clock.now());
    return shown(silence, reply);
  };

  serve(app, "listSilences", async ({ query: { state: states } }) => {
    const silences = (await listSilences(store, clock.now())).map((silence) => viewOf(silence, clock.now()));
    return { silences: silences.filter(({ state }) => states?.includes(state) ?? true) };
  });

  serve(app, "getSilence", async ({ params: { id }, reply }) => shown(await getSilence(store, id), reply));

  serve(app, "createSilence", async ({ body: { match, ...body }, reply, answer }) => {
    const silence = await createSilence(store, { ...body, match: match as Match }, clock.now());
    app.log.info({ by: body.by, silence: silence.id, until: silence.until }, "alerts are silenced");
    return answer(201, await changed(silence, reply));
  });

  serve(app, "previewSilence", async ({ body: { match } }) => {
    const matches = matcherOf(match);
    const now = clock.now();
    const since = new Date(now.getTime() - PREVIEW_MS);
    const open = await findOpenAlerts(store, { since, until: now, terms: [] });
    const muted = open.filter(({ _source }) => matches(_source)).map(({ _source }) => _source.classname);
    return { looked: open.length, muted: muted.length, names: countsOf(muted).slice(0, MOST_NAMES) };
  });

  serve(app, "changeSilence", async ({ params: { id }, body: { match, ...change }, ifMatch, reply }) => {
    const wanted = { ...change, match: match as Match | undefined };
    const silence = await changeSilence(store, id, wanted, clock.now(), ifMatch);
    app.log.info({ by: change.by, silence: id, until: silence.until }, "a silence was changed");
    return changed(silence, reply);
  });

  serve(app, "endSilence", async ({ params: { id }, body: { by }, ifMatch, reply }) => {
    const silence = await endSilence(store, id, by, clock.now(), ifMatch);
    app.log.info({ by, silence: id }, "a silence was ended");
    return changed(silence, reply);
  });
};

const matcherOf = (match: unknown): Matcher => {
  try {
    return readMatch(match);
  } catch (cause) {
    throw new EngineError("SILENCE_INVALID", `The silence is wrong: match: ${messageOf(cause)}.`, { cause });
  }
};

const countsOf = (names: readonly string[]): { name: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
};

const viewOf = (silence: Silence, now: Date): SilenceView => {
  const { id, match, from, until, by, reason, createdAt, changedBy, changedAt } = silence;
  return {
    ...{ id, state: silenceState(silence, now), match, by, reason, changedBy },
    ...{ from: isoUtc(from), until: isoUtc(until), createdAt: isoUtc(createdAt) },
    changedAt: changedAt === null ? null : isoUtc(changedAt),
  };
};
