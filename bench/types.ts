// What does it cost to type-check what authors of alerts write? Counts type instantiations, which are the same on every machine,
// and fails above the limit of each sample; the time is for looking only.
import { SAMPLES } from "./types/author-code.ts";
import { checkSample } from "./types/check-sample.ts";

for (const { name, text, limit } of SAMPLES) {
  const { instantiations, checkMs } = checkSample(text);
  const isWithin = instantiations <= limit;
  console.log(
    `${name}: ${instantiations.toLocaleString("en")} instantiations (at most ${limit.toLocaleString("en")}), ${checkMs.toFixed(0)} ms${isWithin ? "" : "  TOO MANY"}`,
  );
  if (!isWithin) process.exitCode = 1;
}
