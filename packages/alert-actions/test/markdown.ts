/** What is left of Markdown and mentions once its escapes are taken out. */
export const markupOf = (text: string): readonly string[] =>
  text.replaceAll(/\\[^\p{L}\p{N}\s]/gu, "").match(/[*_`~|<>[\]()#]|@(?!\u200B)/gu) ?? [];
