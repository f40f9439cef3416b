/** The id of a part is that of all parts of a decision, and a number. */
export const partId = (id: string, position: number): string => `${id}-${position}`;
