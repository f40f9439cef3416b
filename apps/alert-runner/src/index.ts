export { defineConfig, env } from "./config/define-config.ts";
export { RunnerError } from "./runner-error.ts";

export type { InhibitionInput, RouteInput, WindowInput } from "@mozdef/alert-engine";
export type { ConfigInput } from "./config/config-schema.ts";
export type { RunnerErrorCode } from "./runner-error.ts";
