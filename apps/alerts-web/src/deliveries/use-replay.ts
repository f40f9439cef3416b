import { useState } from "react";
import { replayDeliveries } from "../api/delivery-api.ts";
import { useMay } from "../session/session-context.ts";
import { readUserName } from "../shared/user-name.ts";

/** Sends deliveries again, for whoever may. */
export interface Replay {
  readonly isAllowed: boolean;
  readonly error: Error | undefined;
  readonly replay: (id: string) => void;
}

/** @param onReplayed - Called once a delivery is to be sent again. */
export const useReplay = (onReplayed: () => void): Replay => {
  const [error, setError] = useState<Error>();
  const isAllowed = useMay("operate");
  const replay = (id: string) => {
    replayDeliveries([id], readUserName()).then(() => {
      setError(undefined);
      onReplayed();
    }, setError);
  };
  return { isAllowed, error, replay };
};
