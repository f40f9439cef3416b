import type { AnchorHTMLAttributes, MouseEvent, Ref } from "react";
import { navigate } from "../routing/location.ts";

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link inside the application: a real one, so that "open in a new tab" and copying work, but without reloading the page. */
export const Link = ({ href, ...rest }: LinkProps) => {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || hasModifier(event)) return;
    event.preventDefault();
    event.stopPropagation();
    navigate(href);
  };
  return <a href={href} onClick={onClick} {...rest} />;
};

/** Whether the user asked the browser for something of its own: a new tab, a download. */
export const hasModifier = (event: MouseEvent): boolean =>
  event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
