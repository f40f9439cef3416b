import { useEffect, useEffectEvent } from "react";

/** What keys do on this page. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keys without a modifier, as long as nothing is being written. */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (!Object.hasOwn(shortcuts, event.key)) return;
    event.preventDefault();
    shortcuts[event.key]?.();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
};

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !isCheckbox(target);

const isCheckbox = (target: HTMLElement): boolean => target instanceof HTMLInputElement && target.type === "checkbox";
