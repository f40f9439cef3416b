/** Characters of a summary that are shown at first. */
const MOST_CHARACTERS = 280;

/** The begin of a text that is too long to be read at a glance; undefined when the whole is short enough. */
export const cut = (text: string, most = MOST_CHARACTERS): string | undefined => {
  const characters = Array.from(text);
  return characters.length > most ? `${characters.slice(0, most).join("").trimEnd()}…` : undefined;
};
