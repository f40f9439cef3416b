import type { RequestOf, Silence, SilencePreview } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** Silences, the last to end first. */
export const listSilences = async (signal: AbortSignal): Promise<readonly Silence[]> =>
  (await ask<"listSilences">("GET /api/silences", { signal })).silences;

/** Which of the open alerts of the last day a silence would mute. */
export const previewSilence = (match: Silence["match"]): Promise<SilencePreview> =>
  ask<"previewSilence">("POST /api/silences/preview", { body: { match } });

/** Mutes alerts from now on. */
export const createSilence = (body: RequestOf<"createSilence">["body"]): Promise<Silence> =>
  ask<"createSilence">("POST /api/silences", { body });

/** Ends a silence now. */
export const endSilence = (id: string, by: string): Promise<Silence> =>
  ask<"endSilence">("DELETE /api/silences/{id}", { params: { id }, body: { ...(by !== "" && { by }) } });
