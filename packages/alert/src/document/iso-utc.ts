/** The runs of a slot all say when it was. */
let last = { ms: Number.NaN, text: "" };

/**
 * A time as MozDef writes it: ISO 8601 in UTC with `+00:00`, the fraction in six digits and only when there is one.
 *
 * `2017-01-01T01:00:00+00:00`, `2017-01-01T01:00:00.250000+00:00`.
 */
export const isoUtc = (time: Date): string => {
  const ms = time.getTime();
  if (ms !== last.ms) last = { ms, text: written(time) };
  return last.text;
};

const written = (time: Date): string => {
  const iso = time.toISOString();
  const fraction = iso.slice(-4, -1);
  return `${iso.slice(0, -5)}${fraction === "000" ? "" : `.${fraction}000`}+00:00`;
};
