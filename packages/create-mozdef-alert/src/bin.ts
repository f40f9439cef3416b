#!/usr/bin/env node
// Nothing is imported before it is known that this Node has what is imported: the questions need util.styleText of 20.12.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 20 || (major === 20 && minor >= 12)) {
  const [{ processTerminal }, { runCommand }] = await Promise.all([
    import("./cli/process-terminal.ts"),
    import("./run-command.ts"),
  ]);
  process.exitCode = await runCommand(process.argv.slice(2), processTerminal());
} else {
  console.error(
    `create-mozdef-alert needs Node 20.12 or newer; this is ${process.versions.node}. Get one from https://nodejs.org.`,
  );
  process.exitCode = 2;
}
