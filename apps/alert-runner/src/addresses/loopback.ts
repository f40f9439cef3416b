/** Names of this machine that no web page can have. */
export const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether an address is reached from the same machine only. */
export const isLoopback = (host: string): boolean =>
  LOOPBACK_NAMES.has(host) || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
