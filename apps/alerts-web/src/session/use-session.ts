import type { Session } from "@mozdef/alert-api";
import { useCallback, useEffect, useState } from "react";
import { onSignedOut } from "../api/request.ts";
import { getSession } from "../api/session-api.ts";

/** Who reads the pages, once that is known. */
export interface ReaderSession {
  /** undefined: not known yet, or the service does not answer, which the page itself says. */
  readonly session: Session | undefined;
  readonly isKnown: boolean;
  readonly replace: (session: Session) => void;
  /** Asks again. */
  readonly reload: () => void;
}

/** The session of this browser. It is asked for once more when the service answers that there is none. */
export const useSession = (): ReaderSession => {
  const [state, setState] = useState<{ session?: Session; isKnown: boolean }>({ isKnown: false });
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((times) => times + 1), []);
  const replace = useCallback((session: Session) => setState({ session, isKnown: true }), []);
  useEffect(() => onSignedOut(reload), [reload]);
  useEffect(() => {
    const abort = new AbortController();
    getSession(abort.signal).then(replace, () => {
      if (!abort.signal.aborted) setState((before) => ({ ...before, isKnown: true }));
    });
    return () => abort.abort();
  }, [asked, replace]);
  return { session: state.session, isKnown: state.isKnown, replace, reload };
};
