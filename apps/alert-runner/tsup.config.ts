import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

/** The thread and the process of the alerts are files of their own beside the code that starts them. */
const entry = {
  index: "src/index.ts",
  bin: "src/bin.ts",
  "alert-process": "src/host/alert-process.ts",
  "datagram-thread": "src/syslog/datagram-thread.ts",
};

export default defineConfig(library([], { entry }));
