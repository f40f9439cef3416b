import { defineConfig } from "@mozdef/alert-runner";
import pack from "./src/index.ts";

export default defineConfig({ packs: [pack] });
