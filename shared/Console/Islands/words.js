// The page's language, as its server chose it.
export const isJapanese = document.documentElement.lang === "ja";

/** A text in the page's language. */
export const say = (japanese, english) => isJapanese ? japanese : english;
