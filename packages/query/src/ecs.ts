export { ecs, ecsSchema } from "./fields/ecs.ts";
