import pino, { type Logger } from "pino";
import pretty from "pino-pretty";

/** JSON lines, or readable lines on a terminal. */
export const createLog = (level: string): Logger => {
  if (!process.stdout.isTTY) return pino({ level });
  const stream = pretty({ translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", singleLine: true });
  return pino({ level }, stream);
};
