import type { Random } from "../support/random.ts";
import type { Runner } from "../support/runner.ts";
import type { Receivers } from "./receivers.ts";
import { pause, until } from "./service.ts";

export interface KillingOptions {
  readonly runners: readonly Runner[];
  readonly receivers: Receivers;
  readonly random: Random;
  /** Where it is noted when somebody was killed, in milliseconds. */
  readonly kills: number[];
  /** Ends the killing; whoever is dead then stays so. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** How long whoever sends next is waited for. */
const NEXT_MESSAGE_MS = 6_000;

/** The runner that sends the next message, once that is answered; undefined when none is sent for a while. */
const nextSender = ({ receivers, runners }: KillingOptions, onSender: (runner: Runner) => void): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (isSent: boolean): void => {
      clearTimeout(timer);
      receivers.onAnswered = () => undefined;
      resolve(isSent);
    };
    const timer = setTimeout(() => end(false), NEXT_MESSAGE_MS);
    receivers.onAnswered = (pid) => {
      const sender = runners.find((runner) => runner.pid === pid);
      if (sender === undefined) return;
      onSender(sender);
      end(true);
    };
  });

/** Kills runners one after the other, at random times or right after one has sent something, and starts each again. */
export const killings = async (options: KillingOptions, count: number): Promise<void> => {
  const { random, runners, kills, signal, say } = options;
  let restarted = Promise.resolve();
  const strike = (runner: Runner, why: string, ms: number): void => {
    kills.push(Date.now());
    const ended = runner.end("SIGKILL");
    say(`${runner.name}: killed ${why}, started again after ${ms.toFixed(0)} ms`);
    restarted = ended.then(() => pause(ms)).then(() => (signal.aborted ? undefined : runner.start()));
  };
  for (let kill = 0; kill < count && !signal.aborted; kill += 1) {
    const [before, ms, isAtAnswer] = [random.between(1_000, 8_000), random.between(0, 3_000), random.isLess(0.5)];
    const victim = random.oneOf(runners);
    await pause(before);
    const isDone = isAtAnswer && (await nextSender(options, (runner) => strike(runner, "after an answer", ms)));
    if (!isDone && victim !== undefined) strike(victim, "at random", ms);
    await restarted;
    // Else nobody would be left to do anything, and nothing would happen between two of them.
    await until("all runners listening again", () => signal.aborted || runners.every(({ url }) => url !== undefined));
  }
};
