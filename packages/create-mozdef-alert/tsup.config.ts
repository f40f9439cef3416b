import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

// Node 20: the generator has to run wherever npm does; what it makes brings a newer Node along where that is needed.
// The names of fields come from @mozdef/query at build time and are bundled, so that the generator stays one small download.
export default defineConfig(library(["src/bin.ts"], { dts: false, target: "node20" }));
