import type { Session } from "@mozdef/alert-api";
import { createContext, useContext } from "react";
import type { PeopleScope } from "../routing/pages.ts";
import { may } from "./may.ts";

/** Who reads the pages; undefined while that is not known. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** Who reads the pages; undefined while that is not known. */
export const useReader = (): Session | undefined => useContext(SessionContext);

/** Whether to offer the reader what needs a scope. */
export const useMay = (needed: PeopleScope): boolean => may(useReader(), needed);

/** Whether the service has a log-in at all. */
export const useHasLogIn = (): boolean => useReader()?.required === true;
