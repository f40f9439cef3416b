import pino, { type Logger } from "pino";
import pretty from "pino-pretty";

/**
 * JSON lines, or readable lines on a terminal.
 *
 * @param output - Default: standard output.
 */
export const createLog = (level: string, output: NodeJS.WriteStream & { fd: 1 | 2 } = process.stdout): Logger => {
  if (!output.isTTY) return pino({ level }, pino.destination(output.fd));
  const stream = pretty({
    ...{ destination: output.fd, translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", singleLine: true },
  });
  return pino({ level }, stream);
};
