import type { PackIndices } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";

/** What the store of a site is set up for, as packs declare it. */
export interface SiteSetup {
  readonly fields: FieldKinds;
  readonly indices: PackIndices;
}

/** Where MozDef's own alerts keep documents. A site knows alerts, not the packs that ask for these. */
const MOZDEF_INDICES: PackIndices = { localities: {}, watchlist: {} };

export const siteSetup = ({ fields = {}, indices = {} }: Partial<SiteSetup>): SiteSetup => ({
  fields,
  indices: { ...MOZDEF_INDICES, ...indices },
});
