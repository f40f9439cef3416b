import type { SearchedSource } from "@mozdef/alert/runtime";
import type { CompileOptions } from "@mozdef/query";

/** What a query over a source is compiled for: events that come late are waited for. */
export const asOf = ({ schema, delayMs }: SearchedSource, now: Date): CompileOptions => ({
  schema,
  now: delayMs === 0 ? now : new Date(now.getTime() - delayMs),
});
