/** Cycles only, type imports included; which package may import which is a lint rule (eslint.config.js), where the message is seen while typing. */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Move what both need into a third file.",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules|\\.generated)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ["@mozdef/source", "import", "default"], exportsFields: ["exports"] },
    tsConfig: { fileName: "tsconfig.base.json" },
  },
};
