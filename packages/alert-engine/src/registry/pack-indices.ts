import { AlertError, type PackIndices } from "@mozdef/alert/runtime";
import { isServiceIndex } from "@mozdef/alert-store";
import { failureOf, type LoadedPack, type LoadFailure } from "./load-failure.ts";

/** The indices that packs ask for. One that the service uses itself, or that two packs see differently, is a failure. */
export const packIndices = (
  packs: readonly LoadedPack[],
): { readonly indices: PackIndices; readonly failures: readonly LoadFailure[] } => {
  const indices = new Map<string, Record<string, PackIndices[string][string]>>();
  const failures: LoadFailure[] = [];
  for (const { source, pack } of packs)
    for (const [name, fields] of Object.entries(pack.indices)) {
      const known = indices.get(name) ?? {};
      const other = Object.keys(fields).find((field) => Object.hasOwn(known, field) && known[field] !== fields[field]);
      const reason = isServiceIndex(name)
        ? "it is one of the service's own. Choose another name."
        : other !== undefined
          ? `another pack declares its field ${other} as ${known[other] ?? ""}, this one as ${fields[other] ?? ""}.`
          : null;
      if (reason === null) indices.set(name, { ...known, ...fields });
      else
        failures.push(
          failureOf(source, new AlertError("PACK_INVALID", `${source}: the index ${name} is not created: ${reason}`)),
        );
    }
  return { indices: Object.fromEntries(indices), failures };
};
