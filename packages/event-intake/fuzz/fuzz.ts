import { check, type Finding } from "./check.ts";
import { nextInput } from "./mutate.ts";
import { createRandom } from "./random.ts";
import { readSamples } from "./samples.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** Findings after which it stops. */
  readonly most: number;
  readonly onProgress?: (done: number, findings: number) => void;
}

/** Reads so many inputs and says what is wrong with them. The same seed makes the same inputs. */
export const fuzz = ({ seed, count, most, onProgress }: FuzzOptions): readonly Finding[] => {
  const samples = readSamples();
  const random = createRandom(seed);
  const findings: Finding[] = [];
  for (let done = 0; done < count && findings.length < most; done += 1) {
    const finding = check(nextInput(random, samples));
    if (finding !== undefined) findings.push(finding);
    onProgress?.(done, findings.length);
  }
  return findings;
};
