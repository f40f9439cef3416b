import type { ReactNode } from "react";
import { Menu } from "./shared/menu.tsx";

interface MoreMenuProps {
  readonly label: ReactNode;
  /** Links or buttons. */
  readonly children: ReactNode;
  /** Whether the page shown is one of them. Default: no. */
  readonly isCurrent?: boolean;
  /** Whether it is at the end of the bar. Default: no. */
  readonly isLast?: boolean;
}

/** Links and buttons of the bar on top that open beneath a word. They close on Escape, when they are left, and when one is chosen. */
export const MoreMenu = ({ label, children, isCurrent = false, isLast = false }: MoreMenuProps) => (
  <Menu
    label={label}
    className={isLast ? "more more--last" : "more"}
    labelClass={isCurrent ? "more__label more__label--current" : "more__label"}
    contentClass="more__links"
    closesOnChoice
  >
    {children}
  </Menu>
);
