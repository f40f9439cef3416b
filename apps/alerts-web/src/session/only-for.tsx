import type { ReactNode } from "react";
import type { PeopleScope } from "../routing/pages.ts";
import { useMay } from "./session-context.ts";

interface OnlyForProps {
  readonly scope: PeopleScope;
  readonly children: ReactNode;
}

/** What is offered to those who may do it: a button that is always refused is a riddle. */
export const OnlyFor = ({ scope, children }: OnlyForProps): ReactNode => (useMay(scope) ? children : null);
