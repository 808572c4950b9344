import { html, nothing, type TemplateResult } from 'lit';
import type {
  Candidate,
  MaskedPrediction,
  NextPrediction,
  Prediction,
  TagPrediction,
} from '../../src/core/prediction/prediction.ts';
import { visibleText } from '../../src/core/text/label.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import type { Focus } from '../state/focus.ts';
import type { Frame } from '../state/frame.ts';
import { styled } from '../styles/styled.ts';
import { labelAt, quoted } from '../words/label.ts';
import { groupedText, probabilityText } from '../../src/core/attention/number-words.ts';

/** How many candidates are listed. */
const most = 5;
/** How many masks are told of while no token is in focus, and how many candidates of each. */
const masksTold = { masks: 4, candidates: 2 } as const;
const meaning =
  'What the model itself predicts in this very run: its probabilities over the whole vocabulary, of which the ' +
  'likeliest are listed.';

/**
 * What the model predicts at the token in focus; without one, at every mask or after the text. Nothing where it has no
 * such head.
 */
export function predictionBlock(frame: Frame, focused: Focus | null): TemplateResult | typeof nothing {
  const blocks = (frame.info.predictions ?? []).flatMap((prediction) => blockOf(frame, prediction, focused) ?? []);
  return blocks.length === 0 ? nothing : html`<h3 title=${meaning}>Prediction</h3>${blocks}`;
}

function blockOf(frame: Frame, prediction: Prediction, focused: Focus | null): TemplateResult | null {
  if (!('sequence' in prediction)) return null;
  const sequence = frame.info.sequences[prediction.sequence];
  if (!sequence) return null;
  const token = focused ? tokenIn(frame, prediction.sequence, focused) : null;
  if (focused && token === null) return null;
  switch (prediction.kind) {
    case 'masked':
      return maskedBlock(prediction, token);
    case 'next':
      return nextBlock(prediction, sequence, token);
    case 'tags':
      return token === null ? null : tagBlock(prediction, sequence, token);
    case 'span':
      return null;
  }
}

/** The token in focus as an index into a sequence of the analysis; null when it belongs to another one. */
function tokenIn({ map }: Frame, sequence: number, { token }: Focus): number | null {
  return (token.side === 'query' ? map.queries : map.keys) === sequence ? token.index : null;
}

function maskedBlock({ places }: MaskedPrediction, token: number | null): TemplateResult | null {
  if (token === null) {
    if (places.length === 0) return null;
    return html`${places.slice(0, masksTold.masks).map(
      (place) => html`<p
      class="dim">In place of the mask at token ${place.token}</p>${list(
        place.candidates.slice(0, masksTold.candidates),
      )}`,
    )}`;
  }
  const place = places.find((one) => one.token === token);
  return place ? html`<p class="dim">In place of this mask</p>${list(place.candidates)}` : null;
}

/**
 * How likely the token in focus was where it stands, and what was expected after it; without a focus, after the text.
 */
function nextBlock(
  { steps, ahead, vocabulary }: NextPrediction,
  sequence: Sequence,
  token: number | null,
): TemplateResult | null {
  const place = token === null ? sequence.tokens.length : token + 1;
  const own = token === null ? null : steps[token - ahead]?.followed;
  const next = steps[place - ahead];
  if (!own && !next) return null;
  return html`
    ${
      own
        ? html`<p
      class="dim">${quoted(labelAt(sequence, place - 1))} had probability ${probabilityText(own.probability)} here: ${rankText(
        own.rank,
        vocabulary,
      )}.</p>`
        : nothing
    }
    ${
      next
        ? html`
      <p
        class="dim">${afterText(sequence, place)}</p>
      ${list(next.candidates)}
      ${
        next.followed && !isTold(next.candidates, next.followed.rank)
          ? html`<p
        class="dim">${quoted(labelAt(sequence, place))} stands there, with probability ${probabilityText(
          next.followed.probability,
        )}: ${rankText(next.followed.rank, vocabulary)}.</p>`
          : nothing
      }
    `
        : nothing
    }
  `;
}

/** Which place the next token is at. */
function afterText(sequence: Sequence, place: number): string {
  if (place < sequence.tokens.length) return `After ${quoted(labelAt(sequence, place - 1))}`;
  return `What would come next${sequence.analysedTo === undefined ? '' : ' after the part that was analysed'}`;
}

function tagBlock({ tags }: TagPrediction, sequence: Sequence, token: number): TemplateResult | null {
  const tag = tags[token];
  return tag
    ? html`<p>${quoted(labelAt(sequence, token))} is labelled <b>${tag.name}</b> ${probabilityText(
        tag.probability,
      )}.</p>`
    : null;
}

function isTold(candidates: readonly Candidate[], rank: number): boolean {
  return rank < Math.min(most, candidates.length);
}

/** `no token was likelier`, `1,203 of 30,522 tokens were likelier`; the rank itself counts from 0. */
function rankText(rank: number, vocabulary: number | undefined): string {
  if (rank === 0) return 'no token was likelier';
  if (vocabulary === undefined)
    return rank === 1 ? '1 token was likelier' : `${groupedText(rank)} tokens were likelier`;
  return `${groupedText(rank)} of ${groupedText(vocabulary)} tokens ${rank === 1 ? 'was' : 'were'} likelier`;
}

/** Candidates with a bar and a number, in the colour of words: they belong to no head. */
function list(candidates: readonly Candidate[]): TemplateResult {
  return html`
    <ol class="candidates">
      ${candidates.slice(0, most).map(
        ({ text, probability }) => html`
        <li>
          <span class="name" title=${visibleText(text)}>${visibleText(text)}</span>
          <span class="bar" ${styled({ width: `${(100 * probability).toFixed(1)}%` })}></span>
          <span class="weight">${probabilityText(probability)}</span>
        </li>
      `,
      )}
    </ol>
  `;
}
