/** The first Node that the service runs on, as in `engines` of the package.json. */
const OLDEST = [22, 18] as const;

/**
 * Why the service cannot run on a version of Node, in a sentence; null when it can. Imports nothing, so that any Node gets to it.
 *
 * @param version - As `process.versions.node` says it, such as `20.19.2`.
 */
export const nodeProblem = (version: string): string | null => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
  return `mozdef-alert-runner needs Node ${OLDEST.join(".")} or newer; this is ${version}. Get one from https://nodejs.org; in a repository of alerts "npm start" brings its own along.`;
};
