/** Text in HTML, and in what decodes its entities. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character as keyof typeof HTML_ENTITIES]);

const HTML_ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** After an `@` a space of no width: then nobody is mentioned. */
export const withoutMentions = (text: string): string => text.replaceAll("@", "@\u200B");

/** Text in Markdown as chats have it: punctuation escaped, nobody mentioned. */
export const escapeMarkdown = (text: string): string =>
  withoutMentions(text.replaceAll(/[\\`*{}[\]()#+\-.!_<>~|]/g, String.raw`\$&`));
