/** Text where tags and entities have a meaning: Slack, cards of Google Chat. */
export const escapeTags = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** After an `@` a space of no width: then nobody is mentioned. */
export const withoutMentions = (text: string): string => text.replaceAll("@", "@\u200B");

/** Text in Markdown as chats have it: punctuation escaped, nobody mentioned. */
export const escapeMarkdown = (text: string): string =>
  withoutMentions(text.replaceAll(/[\\`*{}[\]()#+\-.!_<>~|]/g, String.raw`\$&`));

/** Text in HTML, in attributes too. */
export const escapeHtml = (text: string): string => escapeTags(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;");
