import type { ecs } from "./ecs.ts";

type Ecs = typeof ecs;

/**
 * The fields of the Elastic Common Schema, for packs whose alerts are written over its names: they are declared by merging, as
 * other fields of a pack are.
 *
 * @example
 * ```ts
 * declare module "@mozdef/query" {
 *   interface EventFields extends EcsFields {}
 * }
 * // TermMatch("process.name", "sshd") compiles now
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface can be extended by one
export interface EcsFields extends Ecs {}
