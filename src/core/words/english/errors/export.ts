import { say, type Wording } from '../../../errors/wording.ts';

/** Files, pictures and links that are made of an analysis. */
export const exportErrors: Wording<
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
      `The file would be larger than ${reason.max}.`,
      'Export fewer heads, or use the command line (dist/cli.cjs), which has no limit.',
      'Write fewer heads.',
    ),
  'panel-needed': () =>
    say(
      'A PNG is drawn by the panel, and the panel is not visible.',
      'Open it with Show Attention, then export again.',
      'Use --format svg instead.',
    ),
  'picture-failed': (reason) =>
    say(`The picture could not be drawn: ${reason.detail}.`, 'Export it as SVG instead.', 'Use --format svg instead.'),
  'link-invalid': (reason) =>
    say(
      `This link cannot be opened: ${reason.detail}.`,
      'Copy it again where it was made. If a newer version of the extension made it, update yours.',
      'Open it in the editor.',
    ),
  'link-impossible': (reason) =>
    say(
      `No link can be made: ${reason.detail}.`,
      'Run Show Attention on text in a saved file, and copy the link there.',
      'Copy links in the editor.',
    ),
  'link-lost': (reason) =>
    say(
      `The text of this link was not found in ${reason.file}: ${reason.detail}.`,
      'Open the version of the file that the link was made with, or copy a new link.',
      'Open it in the editor.',
    ),
  'link-changed': (reason) =>
    say(
      `The text in ${reason.file} has changed since the link was made.`,
      'The present text is shown. To see the original, undo the change and run again.',
      'Open it in the editor.',
    ),
};
