import type { Session } from "@mozdef/alert-api";
import { isGranted } from "@mozdef/alert-api/client";
import type { PeopleScope } from "../routing/pages.ts";

/**
 * Whether to offer somebody what needs a scope. The service decides once more, so as long as it has not said who somebody is, everything is
 * offered.
 */
export const may = (session: Session | undefined, needed: PeopleScope): boolean => {
  if (session?.required !== true) return true;
  return session.scope !== null && isGranted(session.scope, needed);
};
