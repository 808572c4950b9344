/** Question marks of several scripts; in Greek it is a semicolon, which elsewhere, in code above all, asks nothing. */
const asks = /(?:[?？؟՞]|(?<=\p{Script=Greek}["'»”’)]{0,3}\s{0,3})[;\u037e])["'»”’)\]]{0,3}\s*$/u;

/** Whether a text ends as a question does. */
export function isQuestion(text: string): boolean {
  return asks.test(text.trimEnd());
}
