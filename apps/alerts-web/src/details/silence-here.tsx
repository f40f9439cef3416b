import type { Alert, Silence } from "@mozdef/alert-api";
import { useState } from "react";
import { SilenceForm } from "../silences/silence-form.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";

/** Mutes alerts like this one. */
export const SilenceHere = ({ alert: { _source } }: { readonly alert: Alert }) => {
  const [made, setMade] = useState<Silence>();
  return (
    <section aria-labelledby="silence-title">
      <h2 id="silence-title">Silence</h2>
      <details>
        <summary>Mute alerts like this one for a time</summary>
        <SilenceForm match={matchOf(_source)} onMade={setMade} />
      </details>
      <p role="status">
        {made !== undefined && (
          <>
            They are muted until <Timestamp value={made.until} />.
          </>
        )}
      </p>
    </section>
  );
};

/** The alert and, where it speaks for a group, that group. */
const matchOf = ({ classname, ...rest }: Alert["_source"]): Silence["match"] => {
  const group = "groupkey" in rest ? toText(rest.groupkey) : "";
  return { name: toText(classname), ...(group !== "" && { group }) };
};
