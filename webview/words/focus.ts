import { strongest } from '../../src/core/attention/rows.ts';
import { cellOf, partnersOf, weightAt, otherSide, type Focus } from '../state/focus.ts';
import { sequenceOn, type Frame } from '../state/frame.ts';
import { spokenName, spokenSummary } from './head.ts';
import { labelAt, quoted } from './label.ts';
import { exactText, percentText, weightText } from './numbers.ts';

/** From this weight on, the first partner is said to be what a token mostly looks at. */
const mostly = 0.4;

/** What a screen reader is told after a move: `layer 4, head 7: ‘it’ looks 41 % at ‘animal’`. */
export function announcement(frame: Frame, focus: Focus | null): string {
  const where = spokenName(frame);
  if (!focus) {
    const role = spokenSummary(frame)?.role;
    return role ? `${where}: ${role.name} ${weightText(role.score)}` : where;
  }
  if (focus.cell !== null) {
    const { query, key } = cellOf(focus.token, focus.cell);
    return `${where}: ${name(frame, 'query', query)} looks ${percentText(weightAt(frame, query, key))} at ${name(frame, 'key', key)}`;
  }
  const { token } = focus;
  const own = name(frame, token.side, token.index);
  const top = strongest(partnersOf(frame, token), 1)[0];
  if (!top) return `${where}: ${own} ${token.side === 'query' ? 'looks at nothing' : 'is looked at by nothing'}`;
  const partner = name(frame, otherSide(token.side), top.index);
  return token.side === 'query'
    ? `${where}: ${own} looks ${percentText(top.weight)} at ${partner}`
    : `${where}: ${own} is looked at ${percentText(top.weight)} by ${partner}`;
}

/** One plain sentence on the token in focus. */
export function focusSentence(frame: Frame, focus: Focus): string {
  const { token } = focus;
  const own = name(frame, token.side, token.index);
  const top = strongest(partnersOf(frame, token), 1)[0];
  if (!top) return token.side === 'query' ? `${own} looks at nothing here.` : `Nothing looks at ${own} here.`;
  const partner = name(frame, otherSide(token.side), top.index);
  const weight = weightText(top.weight);
  if (token.side === 'key') return `${own} is looked at most by ${partner} (${weight}).`;
  return top.weight >= mostly
    ? `${own} looks mostly at ${partner} (${weight}).`
    : `${own} spreads its attention; most of it lies on ${partner} (${weight}).`;
}

/** The exact weight of the cell in focus, in words; `note` says when a filter keeps its link out of the picture. */
export function cellSentence(frame: Frame, focus: Focus): { readonly link: string; readonly exact: string; readonly note: string } | null {
  if (focus.cell === null) return null;
  const { query, key } = cellOf(focus.token, focus.cell);
  const weight = weightAt(frame, query, key);
  const isOut = weight > 0 && (frame.spoken[query * frame.map.shape[3] + key] ?? 0) === 0;
  return {
    link: `${name(frame, 'query', query)} → ${name(frame, 'key', key)}`,
    exact: exactText(weight),
    note: isOut ? 'filtered out of the picture' : '',
  };
}

function name(frame: Frame, side: 'query' | 'key', index: number): string {
  return quoted(labelAt(sequenceOn(frame, side), index));
}
