// A process that answers what nobody understands, see child-host.test.ts.
const answers: Readonly<Record<string, (id: number) => object>> = {
  log: () => ({ kind: "log", level: "nothing", message: "x" }),
  results: (id) => ({ kind: "results", id, results: [[0, { errors: 5 }]] }),
  kind: () => ({ kind: "__proto__" }),
};

process.on("message", ({ id }: { readonly id: number }) => process.send?.(answers[process.argv[2] ?? ""]?.(id) ?? {}));
process.send?.({ kind: "ready" });
