/** What a term of the glossary is called and means, in one language. */
export interface TermWords {
  /** Its name, as prose has it: lower case but for names of people. */
  readonly name: string;
  /** Other forms that texts use: plurals, short forms, what else the field calls it. */
  readonly forms: readonly string[];
  /** One sentence: the definition that a tooltip has. */
  readonly short: string;
  /** What more there is to know, in a few sentences. */
  readonly more: string;
}
