import type { Hit } from "@mozdef/alert";
import { z } from "zod";

const texts = z.array(z.string()).catch([]);

const run = z.object({
  alert: z.string(),
  slot: z.string().catch(""),
  health: z.string().catch(""),
  alerts: texts,
  errors: z.array(z.object({ code: z.string().catch(""), message: z.string().catch("") })).catch([]),
});

/** A run that made an alert, failed or warned. */
export type NotableRun = z.output<typeof run>;

const record = z.object({
  names: texts,
  notable: z.array(run).catch([]),
  refused: texts,
  unstored: texts,
  pieces: z
    .array(z.object({ run: z.string(), kind: z.string(), alert: z.object({ _id: z.string() }).nullish().catch(null) }))
    .catch([]),
});

/** What is kept of the alerts that ran at a slot, as far as alerts read it. */
export type SlotRecord = z.output<typeof record>;

export const slotRecord = ({ _source }: Pick<Hit, "_source">): SlotRecord => record.parse(_source);
