import type { Source } from "@mozdef/alert";
import type { Sources } from "@mozdef/alert/runtime";
import { mozdefSchema } from "@mozdef/query/mozdef";

/** Sources whose events are all brought into the store at hand, whichever cluster has them. */
export const nearSources = (sources: Sources): Sources =>
  Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, { ...source, store: null }]));

/** Whether the events of a source have MozDef's shape: others are taken as they are. */
export const hasMozdefEvents = ({ schema: { names, fields } }: Source): boolean =>
  names === undefined && Object.hasOwn(fields, mozdefSchema.received);
