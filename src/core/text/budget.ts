import { Budget } from '../budget.ts';
import { AttentionError } from '../errors/reason.ts';
import { words } from '../words/words.ts';

/**
 * Characters that a text may become, whatever its length, and for each of its own: no script and no ligature needs
 * more.
 */
const maxCharacters = { always: 200_000, each: 4 } as const;
/** Steps for a text of any length, and for each of its characters: real tokenizers take ten to forty. */
const maxSteps = { always: 4_000_000, each: 96 } as const;
/** What a component's turn at a piece of text costs, however short it is. */
const enterSteps = 8;
/** Steps for reading a tokenizer's file and preparing its added tokens. */
const fileSteps = 12_000_000;

/** The budget of one text on its way through a tokenizer: steps, and how long its rewritten form may become. */
export class TextBudget extends Budget {
  readonly #longest: number;
  readonly #tooLong: (part: string) => Error;

  constructor(steps: number, longest: number, refusal: (part: string, detail: string) => Error) {
    super(steps, (part) => refusal(part, words().details.tokenizer.steps));
    this.#longest = longest;
    this.#tooLong = (part) => refusal(part, words().details.tokenizer.longer(longest));
  }

  /** Begins a component's work on so many characters. */
  enter(part: string, characters: number): void {
    this.part = part;
    this.spend(enterSteps + characters);
  }

  /** Throws the refusal when a rewritten text has become too long. */
  hold(characters: number): void {
    if (characters > this.#longest) throw this.#tooLong(this.part);
  }
}

/** The budget of a text of so many characters (UTF-16 units). */
export function textBudget(model: string, characters: number): TextBudget {
  const longest = maxCharacters.always + maxCharacters.each * characters;
  return new TextBudget(maxSteps.always + maxSteps.each * characters, longest, (component, detail) =>
    exceeded(model, component, detail),
  );
}

/** The budget of reading a tokenizer's file, and of what is computed before any text comes. */
export function fileBudget(model: string): TextBudget {
  const { always } = maxCharacters;
  return new TextBudget(fileSteps, always, (part, detail) =>
    part === ''
      ? new AttentionError({
          code: 'model-file-invalid',
          model,
          file: 'tokenizer.json',
          detail: words().details.tokenizer.large,
        })
      : exceeded(model, part, detail),
  );
}

/** A component that goes beyond its bound. */
export function exceeded(model: string, component: string, detail: string): AttentionError {
  return new AttentionError({
    code: 'budget-exceeded',
    model,
    component: component === '' ? words().details.tokenizer.parts.tokenizer : component,
    detail,
  });
}
