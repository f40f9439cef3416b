import { availableParallelism } from "node:os";
import { z } from "zod";

const MIB = 1_024 * 1_024;

/** How the code of alerts is kept from harming the service. */
export const isolationSchema = z.strictObject({
  /** `process`: alerts run in a process of their own, which is ended when one of them blocks it. `none`: in the service itself. */
  mode: z.enum(["process", "none"]).default("process"),
  /** `read`: the process may read files and use the network, and neither write files nor start programs or threads. `all`: anything. */
  permissions: z.enum(["read", "all"]).default("read"),
  /** Packs, as `packs` names them, whose alerts run in a further process, which may do anything whatever `permissions` says. */
  trusted: z.array(z.string().min(1)).readonly().default([]),
  /** How many processes there are beside that of trusted packs: each alert is always in the same one. Default: one fewer than there are processors, for the service has one. */
  processes: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(() => Math.max(1, availableParallelism() - 1)),
  /** Bytes of memory that each process may take. */
  memoryBytes: z
    .number()
    .int()
    .min(128 * MIB)
    .default(1_024 * MIB),
  /** Milliseconds for which code may keep the process from anything else. */
  blockMs: z.number().int().min(100).default(5_000),
});
