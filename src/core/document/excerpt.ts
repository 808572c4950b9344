/**
 * The beginning of a text on one line, cut at a word and closed with an ellipsis when it is longer than `limit` UTF-16
 * code units: “The cat that was hungry…”.
 */
export function excerptOf(text: string, limit = 24): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= limit) return line;
  const head = line.slice(0, limit + 1);
  const space = head.lastIndexOf(' ');
  const cut = space > limit / 3 ? head.slice(0, space) : wholeCharacters(head.slice(0, limit));
  return `${cut.replace(/[\s,;:.–—-]+$/u, '')}…`;
}

/** Never ends in half of a surrogate pair. */
function wholeCharacters(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
