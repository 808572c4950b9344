import { say, type Wording } from './wording.ts';

/** Files, pictures and links that are made of an analysis. */
export const exportWords: Wording<
  | 'file-failed'
  | 'export-too-large'
  | 'panel-needed'
  | 'picture-failed'
  | 'link-invalid'
  | 'link-impossible'
  | 'link-lost'
  | 'link-changed'
> = {
  'file-failed': (reason) =>
    say(`The file ${reason.file} could not be written or read: ${reason.detail}.`, 'Choose another place.'),
  'export-too-large': (reason) =>
    say(
      `The file would be larger than ${reason.most}.`,
      'Export fewer heads, or write it with the command line (dist/cli.cjs), which knows no limit.',
      'Write fewer heads.',
    ),
  'panel-needed': () =>
    say(
      'A PNG is painted by the panel, which is not in view.',
      'Open it with Show Attention, then export again.',
      'Take --format svg instead.',
    ),
  'picture-failed': (reason) =>
    say(
      `The picture could not be painted: ${reason.detail}.`,
      'Export it as SVG instead.',
      'Take --format svg instead.',
    ),
  'link-invalid': (reason) =>
    say(
      `This link cannot be opened: ${reason.detail}.`,
      'Copy it again from where it was made, and update the extension if it is of a newer one.',
      'Open it in the editor.',
    ),
  'link-impossible': (reason) =>
    say(
      `No link can be made: ${reason.detail}.`,
      'Run Show Attention on a text of a saved file, and copy the link of that.',
      'Copy links in the editor.',
    ),
  'link-lost': (reason) =>
    say(
      `The link leads to a text in ${reason.file} that is not there: ${reason.detail}.`,
      'Open the version of the file that the link was made of, or copy a new link.',
      'Open it in the editor.',
    ),
  'link-changed': (reason) =>
    say(
      `The text in ${reason.file} has changed since the link was made.`,
      'You see what stands in its place now; undo the change and run again for what was meant.',
      'Open it in the editor.',
    ),
};
