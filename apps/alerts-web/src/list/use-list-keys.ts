import type { AlertListItem, RequestOf } from "@mozdef/alert-api";
import { changeAlerts } from "../api/alert-api.ts";
import { readUserName } from "../shared/user-name.ts";
import type { useChoice } from "./use-choice.ts";
import { useShortcuts } from "./use-shortcuts.ts";

interface ListKeysOptions {
  readonly alerts: readonly AlertListItem[];
  readonly choice: ReturnType<typeof useChoice>;
  readonly onChanged: (failed: readonly { readonly message: string }[]) => void;
  readonly onError: (error: Error) => void;
  /** Whether alerts may be changed. */
  readonly mayHandle: boolean;
  readonly onHelp: () => void;
}

const linkOf = (id: string): HTMLElement | null => document.querySelector(`[data-alert="${CSS.escape(id)}"]`);

/** The row that has the keyboard: -1 when none has. */
const focusedIn = (alerts: readonly AlertListItem[]): number => {
  const row = document.activeElement?.closest("tr")?.querySelector("[data-alert]");
  return alerts.findIndex(({ _id }) => _id === row?.getAttribute("data-alert"));
};

/** The keys of the list, see `ShortcutHelp`. */
export const useListKeys = ({ alerts, choice, onChanged, onError, mayHandle, onHelp }: ListKeysOptions): void => {
  const go = (step: number) => {
    const target = alerts[Math.max(0, Math.min(alerts.length - 1, focusedIn(alerts) + step))];
    if (target !== undefined) linkOf(target._id)?.focus();
  };
  const focused = (): string | undefined => alerts[focusedIn(alerts)]?._id;
  const setStatus = (status: RequestOf<"setAlertStatus">["body"]["status"]) => {
    const here = focused();
    const ids = choice.ids.length > 0 ? choice.ids : here === undefined ? [] : [here];
    if (ids.length === 0) return;
    const by = readUserName();
    changeAlerts({ ids: [...ids], change: { kind: "status", status }, ...(by !== "" && { by }) }).then(
      ({ failed }) => onChanged(failed),
      onError,
    );
  };
  useShortcuts({
    j: () => go(1),
    k: () => go(-1),
    ...(mayHandle && {
      x: () => {
        const here = focused();
        if (here !== undefined) choice.toggle(here);
      },
      a: () => setStatus("acknowledged"),
      e: () => setStatus("escalated"),
    }),
    "/": () => document.querySelector<HTMLElement>('.filters input[type="search"]')?.focus(),
    "?": onHelp,
  });
};
