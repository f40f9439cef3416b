import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";

interface MenuProps {
  readonly label: ReactNode;
  /** Links, buttons, or a small form. */
  readonly children: ReactNode;
  readonly className: string;
  readonly labelClass: string;
  readonly contentClass: string;
  /** Whether it closes when anything in it is chosen. Default: when a link is. */
  readonly closesOnChoice?: boolean;
}

/** What opens beneath a word. It closes on Escape and when it is left. What it holds is on the page only while it is open. */
export const Menu = ({ label, children, className, labelClass, contentClass, closesOnChoice = false }: MenuProps) => {
  const menu = useRef<HTMLDetailsElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    if (menu.current !== null) menu.current.open = false;
  };
  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && menu.current?.contains(target) === true)) close();
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, []);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key !== "Escape" || menu.current?.open !== true) return;
    close();
    menu.current.querySelector("summary")?.focus();
  };
  /** While it is being followed: links keep presses to themselves. What is hidden cannot keep the focus. */
  const onChoose = ({ target }: MouseEvent) => {
    const isFollowed = target instanceof Element && target.closest("a") !== null;
    if (!closesOnChoice && !isFollowed) return;
    menu.current?.querySelector("summary")?.focus();
    close();
  };
  /** A press on what takes no focus moves it to nothing: that is no reason to close. */
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) close();
  };
  return (
    <details
      ref={menu}
      className={className}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <summary className={labelClass}>{label}</summary>
      <div className={contentClass} onClickCapture={onChoose}>
        {isOpen && children}
      </div>
    </details>
  );
};
