import { defineConfig } from "tsup";
import { pack } from "../../tsup.base.ts";

export default defineConfig(pack(["src/index.ts"]));
