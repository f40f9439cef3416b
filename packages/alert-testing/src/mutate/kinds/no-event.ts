import type { NoEventSearch } from "@mozdef/alert";
import type { KindMutants } from "./kind-mutants.ts";

/** It has a query and nothing else. */
export const noEventMutants: KindMutants<NoEventSearch> = () => [];
