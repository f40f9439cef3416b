/** The address when it can be followed safely: http or https only, never `javascript:` or `data:`. */
export const safeLink = (value: unknown): string | undefined => {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
};
