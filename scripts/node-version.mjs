// Before anything else: what stands in the other files of this folder is not for every Node. Imports nothing.
const OLDEST = 20;
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < OLDEST) {
  console.error(
    `This repository needs Node ${OLDEST} or newer to start with; this is ${process.versions.node}. Get one from https://nodejs.org. The Node that everything runs with is installed then.`,
  );
  process.exit(1);
}
