import type { EachEventSearch } from "@mozdef/alert";
import type { KindMutants } from "./kind-mutants.ts";

/** It has a query and nothing else. */
export const eachEventMutants: KindMutants<EachEventSearch> = () => [];
