/**
 * Flags of Node.js for a process that may read files and use the network, and neither write files nor start programs or threads nor load
 * native code. It keeps mistakes in bounds, and is no wall against code that means harm.
 *
 * @see https://nodejs.org/api/permissions.html
 */
export const readPermissions = (): readonly string[] => [
  "--permission",
  "--allow-fs-read=*",
  "--disable-warning=ExperimentalWarning",
  // Versions that do not know it leave the network alone.
  ...(process.allowedNodeEnvironmentFlags.has("--allow-net") ? ["--allow-net"] : []),
];
