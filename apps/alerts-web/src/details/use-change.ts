import type { Alert } from "@mozdef/alert-api";
import { useState } from "react";
import { readUserName } from "../shared/user-name.ts";

/** A part of the page that changes its alert. */
export interface ChangeProps {
  readonly alert: Alert;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/** Who makes a change, as a request says it; left out when the reader has not said who they are. */
export interface Signed {
  readonly by?: string;
}

/** One change at a time. `change` tells whether it was made, so that what was written stays until it is. */
export const useChange = ({ onChange, onError }: Omit<ChangeProps, "alert">) => {
  const [busy, setBusy] = useState(false);
  const change = async (ask: (signed: Signed) => Promise<Alert>): Promise<boolean> => {
    if (busy) return false;
    const by = readUserName();
    setBusy(true);
    try {
      onChange(await ask(by === "" ? {} : { by }));
      return true;
    } catch (error) {
      onError(error as Error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, change };
};
