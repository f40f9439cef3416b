/** Why Java takes a text for no number. */
export function notANumber(text: string): string {
  if (text.trim() === "") return "empty String";
  return /^[+-]?\d*\.\d*\./.test(text) ? "multiple points" : `For input string: "${text}"`;
}
