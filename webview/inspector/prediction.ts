import { html, nothing, type TemplateResult } from 'lit';
import type {
  Candidate,
  Followed,
  MaskedPrediction,
  NextPrediction,
  Prediction,
  SpanPrediction,
  TagPrediction,
} from '../../src/core/prediction/prediction.ts';
import { visibleText } from '../../src/core/text/label.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import type { Focus } from '../state/focus.ts';
import type { Frame } from '../state/frame.ts';
import { styled } from '../styles/styled.ts';
import { labelAt, quoted } from '../words/label.ts';
import { named } from '../controls/term.ts';
import { candidateName, logitBlock, type LogitRow, type LogitScene } from './logit.ts';
import { probabilityText } from '../../src/core/attention/number-words.ts';
import { words } from '../../src/core/words/words.ts';

/** How many candidates are listed. */
const maxCandidates = 5;
/** How many masks are told of while no token is in focus, and how many candidates of each. */
const masksTold = { masks: 4, candidates: 2 } as const;

/**
 * What the model predicts at the token in focus; without one, at every mask or after the text. Nothing where it has no
 * such head.
 */
export function predictionBlock(
  frame: Frame,
  focused: Focus | null,
  logit: LogitScene,
): TemplateResult | typeof nothing {
  const blocks = (frame.info.predictions ?? []).flatMap(
    (prediction) => blockOf(frame, prediction, focused, logit) ?? [],
  );
  return blocks.length === 0
    ? nothing
    : html`<h3>${named('prediction', words().predictions.name, logit.act, words().predictions.meaning)}</h3>${blocks}`;
}

function blockOf(
  frame: Frame,
  prediction: Prediction,
  focused: Focus | null,
  logit: LogitScene,
): TemplateResult | null {
  if (!('sequence' in prediction)) return null;
  const sequence = frame.info.sequences[prediction.sequence];
  if (!sequence) return null;
  const token = focused ? tokenIn(frame, prediction.sequence, focused) : null;
  if (focused && token === null) return null;
  switch (prediction.kind) {
    case 'masked':
      return maskedBlock(prediction, sequence, token, logit);
    case 'next':
      return nextBlock(prediction, sequence, token, logit);
    case 'tags':
      return token === null ? null : tagBlock(prediction, sequence, token);
    case 'span':
      return token === null ? null : spanBlock(prediction, sequence, token);
  }
}

/** The token in focus as an index into a sequence of the analysis; null when it belongs to another one. */
function tokenIn({ map }: Frame, sequence: number, { token }: Focus): number | null {
  return (token.side === 'query' ? map.queries : map.keys) === sequence ? token.index : null;
}

function maskedBlock(
  { places }: MaskedPrediction,
  sequence: Sequence,
  token: number | null,
  logit: LogitScene,
): TemplateResult | null {
  const rowOf = (at: number): LogitRow => ({ position: at, name: quoted(labelAt(sequence, at)) });
  if (token === null) {
    if (places.length === 0) return null;
    return html`${places.slice(0, masksTold.masks).map(
      (place) => html`<p
      class="dim">${words().predictions.atMask(place.token)}</p>${list(place.candidates.slice(0, masksTold.candidates), rowOf(place.token), logit)}`,
    )}`;
  }
  const place = places.find((one) => one.token === token);
  return place
    ? html`<p class="dim">${words().predictions.atThisMask}</p>${list(place.candidates, rowOf(place.token), logit)}`
    : null;
}

/**
 * How likely the token in focus was where it stands, and what was expected after it; without a focus, after the text.
 */
function nextBlock(
  { steps, ahead, vocabulary }: NextPrediction,
  sequence: Sequence,
  token: number | null,
  logit: LogitScene,
): TemplateResult | null {
  const place = token === null ? sequence.tokens.length : token + 1;
  const own = token === null ? null : steps[token - ahead]?.followed;
  const next = steps[place - ahead];
  if (!own && !next) return null;
  const says = words().predictions;
  const labelOf = (index: number): string => quoted(labelAt(sequence, index));
  const atEnd = sequence.analysedTo === undefined ? says.next : says.nextOfPart;
  const heading = place === sequence.tokens.length ? atEnd : says.after(labelOf(place - 1));
  return html`
    ${
      own
        ? html`<p
      class="dim">${named(
        'probability',
        says.had(labelOf(place - 1), probabilityText(own.probability), says.rank(own.rank, vocabulary)),
        logit.act,
      )}</p>`
        : nothing
    }
    ${
      next
        ? html`
      <p
        class="dim">${heading}</p>
      ${list(next.candidates, ahead === 1 ? { position: place - 1, name: labelOf(place - 1) } : null, logit)}
      ${
        next.followed && !isTold(next.candidates, next.followed.rank)
          ? html`<p
        class="dim">${followedText(next.followed, labelOf(place), vocabulary)}</p>`
          : nothing
      }
    `
        : nothing
    }
  `;
}

/** How likely the token was that stands at the next place. */
function followedText({ probability, rank }: Followed, label: string, vocabulary: number | undefined): string {
  const says = words().predictions;
  return says.followed(label, probabilityText(probability), says.rank(rank, vocabulary));
}

function tagBlock({ tags }: TagPrediction, sequence: Sequence, token: number): TemplateResult | null {
  const tag = tags[token];
  return tag
    ? html`<p>${words().predictions.tagged(
        quoted(labelAt(sequence, token)),
        html`<b>${tag.name}</b>`,
        probabilityText(tag.probability),
      )}</p>`
    : null;
}

/** How likely an answer begins and ends with the token in focus; nothing of a token that can do neither. */
function spanBlock({ starts, ends }: SpanPrediction, sequence: Sequence, token: number): TemplateResult | null {
  const [start = 0, end = 0] = [starts[token], ends[token]];
  // A special token is no answer: its shares are those of none.
  if (sequence.tokens[token]?.special || (start === 0 && end === 0)) return null;
  const name = quoted(labelAt(sequence, token));
  return html`<p>${words().predictions.inAnswer(name, probabilityText(start), probabilityText(end))}</p>`;
}

function isTold(candidates: readonly Candidate[], rank: number): boolean {
  return rank < Math.min(maxCandidates, candidates.length);
}

/**
 * Candidates with a bar and a number, in the colour of words: they belong to no head. Those of a model with a residual
 * stream lead to why their logit is what it is.
 */
function list(all: readonly Candidate[], row: LogitRow | null, logit: LogitScene): TemplateResult {
  const candidates = all.slice(0, maxCandidates);
  return html`
    <ol class="candidates">
      ${candidates.map(
        (candidate) => html`
        <li>
          ${row ? candidateName(candidate, row, logit) : html`<span class="name" title=${visibleText(candidate.text)}>${visibleText(candidate.text)}</span>`}
          <span class="bar" ${styled({ width: `${(100 * candidate.probability).toFixed(1)}%` })}></span>
          <span class="weight">${probabilityText(candidate.probability)}</span>
        </li>
      `,
      )}
    </ol>${row ? logitBlock(candidates, row, logit) : nothing}
  `;
}
