import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { step } from "../state/address";

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** A query string: another state of the app. */
  to: string;
}

/** A link within the app: a plain click stays on the page, any other does what the browser does with links. */
export function Link({ to, children, ...rest }: Props) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    step(to);
  };
  return (
    <a href={to} onClick={onClick} {...rest}>
      {children}
    </a>
  );
}
