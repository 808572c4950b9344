/** Why a link cannot be made or opened. */
export const link = {
  halfCharacter: 'a name in it contains half a character',
  relativeModel: 'the path of its model is not absolute',
  long: (characters: number, max: number) => `it would have ${characters} characters; the limit is ${max}`,
  version: (version: string) => `its version is ${version}, and only 1 is supported`,
  noVersion: 'it has no version',
  empty: 'its text is empty',
  noDocument: 'it names no document',
  scheme: (scheme: string) => `links do not open documents of the kind “${scheme}”`,
  noPlace: 'it does not say where the text is',
  noModel: 'it names no model',
  selection: 'its selection is not valid',
  view: 'its view is not known',
};
