/** Why a text is not a number to Java. */
export const notANumber = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === "") return "empty String";
  return /^[+-]?\d*\.\d*\./.test(trimmed) ? "multiple points" : `For input string: "${text}"`;
};
