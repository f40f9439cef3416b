import { useState } from "react";
import { changeSchedule, runAlert } from "../api/schedule-api.ts";
import { readUserName } from "../shared/user-name.ts";

/** What can be done with an alert, one thing at a time. `onSettled` is called with the error when it failed. */
export const useActions = (name: string, onSettled: (error?: Error) => void) => {
  const [busy, setBusy] = useState(false);
  const act = (action: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    action()
      .then(() => onSettled(), onSettled)
      .finally(() => setBusy(false));
  };
  return {
    busy,
    run: () => act(() => runAlert(name)),
    enable: (enabled: boolean, reason: string) =>
      act(() => changeSchedule(name, { enabled, reason, by: readUserName() })),
  };
};
