export { ecs, ecsSchema } from "./fields/ecs.ts";
export { ecsNames } from "./fields/ecs-names.ts";

export type { EcsFields } from "./fields/ecs-fields.ts";
