import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

// Node 20: the generator has to run wherever npm does; what it makes brings a newer Node along where that is needed.
export default defineConfig(library(["src/bin.ts"], { dts: false, target: "node20" }));
