/** A text of at most so many bytes of UTF-8; one that is longer ends in `…`. No character is cut in two. */
export const fitBytes = (text: string, most: number): string => {
  if (Buffer.byteLength(text) <= most) return text;
  const room = Buffer.from(text.slice(0, most)).subarray(0, Math.max(0, most - Buffer.byteLength("…")));
  // A character that was cut is one that cannot be read, at the end.
  const kept = new TextDecoder().decode(room, { stream: true });
  return `${kept}…`;
};
