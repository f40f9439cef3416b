import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

/** The thread is a file of its own beside the code that starts it. */
const entry = {
  index: "src/index.ts",
  bin: "src/bin.ts",
  "datagram-thread": "src/syslog/datagram-thread.ts",
};

export default defineConfig(library([], { entry }));
