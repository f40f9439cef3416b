/**
 * Circles between the folders of a package, type imports included; a file may be imported from wherever it does not tie one.
 *
 * A configuration of its own, since it leaves out what would tie a false one: tests, which may reach across, and the files beside
 * the folders, among which are both the entry that imports everything and what everything imports.
 */
const base = require("./.dependency-cruiser.cjs");

module.exports = {
  forbidden: [
    {
      name: "no-folder-cycles",
      severity: "error",
      comment: "Move what both folders need into one below them.",
      scope: "folder",
      from: { path: "^(packages|apps)/[^/]+/src/" },
      to: { circular: true },
    },
  ],
  options: {
    ...base.options,
    exclude: { path: `${base.options.exclude.path}|\\.test(-d)?\\.tsx?$|(^|/)src/[^/]+\\.tsx?$` },
  },
};
