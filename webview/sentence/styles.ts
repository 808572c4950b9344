import { css } from 'lit';

/** The looks of the sentence. */
export const sentenceStyles = css`
  :host {
    display: block;
    min-width: 0;
  }

  .text {
    position: relative;
    margin: 0;
    max-height: min(30vh, 160px);
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--ta-dim) transparent;
    padding: 9px 16px;
    font-size: 1.15em;
    line-height: 1.75;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    outline: none;
  }

  /* Under a text that goes on beyond its box: a line that cuts it off, and says how much there is. */
  .more {
    display: block;
    width: 100%;
    border: 0;
    border-top: 1px dashed var(--ta-dim);
    border-radius: 0;
    padding: 1px 16px 3px;
    color: var(--ta-dim);
    font-size: 0.85em;
    line-height: 16px;
    text-align: start;
  }

  .text:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: -1px;
  }

  .token,
  .special {
    position: relative;
    padding: 2px 0;
    border-radius: 3px;
    cursor: pointer;
  }

  .special {
    padding: 2px 3px;
    color: var(--ta-dim);
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.8em;
  }

  .special.before {
    margin-inline-end: 5px;
  }

  .special.after {
    margin-inline-start: 5px;
  }

  /* What begins a line stands where the lines above begin. */
  .voice.block + .special {
    margin-inline-start: 0;
    padding-inline-start: 0;
  }

  .focused {
    outline: 1px solid var(--ta-focus);
    outline-offset: 1px;
  }

  .partner {
    outline: 1px dashed var(--ta-focus);
    outline-offset: 1px;
  }

  .token:not(.focused):hover,
  .special:not(.focused):hover {
    outline: 1px solid var(--ta-rule);
    outline-offset: 1px;
  }

  /* The hair line that joins the pieces of a word. */
  .joined {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }

  .joined::before {
    content: '';
    position: absolute;
    inset: 0.35em auto 0.35em 0;
    width: 1px;
    background: var(--ta-dim);
    opacity: 0.5;
  }

  .unknown {
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }

  .mark,
  .rest {
    color: var(--ta-dim);
  }

  /* What the model wrote itself, and what its template wrote around a message. */
  .written {
    font-style: italic;
  }

  /* What the model gives as the answer to the question. */
  .answer {
    text-decoration: underline solid 2px currentcolor;
    text-underline-offset: 0.25em;
    text-decoration-skip-ink: none;
  }

  /* What the model would put in place of a mask. */
  .filling {
    margin-inline-start: 4px;
    border-bottom: 1px dashed var(--ta-dim);
    color: var(--vscode-foreground);
    font-style: italic;
  }

  .special .filling {
    font-family: var(--vscode-font-family);
    font-size: 1.25em;
  }

  .template {
    color: var(--ta-dim);
  }

  .voice {
    margin-inline: 6px;
    color: var(--ta-dim);
    font-size: 0.8em;
    user-select: none;
  }

  .voice.block {
    display: block;
    margin: 4px 0 0;
    line-height: 1.4;
  }

  /* What a text is, and its part in the map shown. */
  .name {
    display: flex;
    gap: 12px;
    margin: 0;
    padding: 8px 16px 0;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 1.4;
  }

  .name + .text {
    padding-top: 2px;
  }

  .other {
    margin: 0;
    padding: 2px 16px 9px;
    color: var(--ta-dim);
    font-size: 1.15em;
    line-height: 1.75;
    overflow-wrap: anywhere;
  }

  .caption {
    margin: 0;
    padding: 2px 16px 8px;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 1.45;
  }
`;
