import { css } from 'lit';

/** The looks of a view of one weight: what scrolls, the picture in it, and what is said in its place. */
export const weightViewStyles = css`
  .scroller {
    position: relative;
    flex: 1 1 0;
    min-height: 0;
    overflow: hidden auto;
  }

  /* The picture before stays until the new one is here; a moment's wait is not seen. */
  .old {
    opacity: 0.5;
    transition: opacity 120ms 150ms;
  }

  .sheet > *,
  .sheet button {
    position: absolute;
  }

  .link {
    line-height: 19px;
  }

  .readout {
    color: var(--ta-dim);
    font-size: 12px;
    line-height: 19px;
    white-space: nowrap;
  }

  .waiting,
  .chosen {
    display: flex;
    flex: none;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 14px;
    padding: 6px 20px;
    color: var(--ta-dim);
  }

  .chosen {
    border-bottom: 1px solid var(--ta-rule);
  }

  .chosen vscode-single-select {
    width: 140px;
  }

  .waiting {
    position: absolute;
    z-index: 1;
    inset-block-start: 0;
    inset-inline-end: 0;
    background-color: var(--vscode-editor-background);
    animation: late 0s 250ms both;
  }

  @keyframes late {
    from {
      visibility: hidden;
    }

    to {
      visibility: visible;
    }
  }

  .body {
    max-width: 460px;
    padding: 24px 20px;
    line-height: 1.6;
  }

  .body h2 {
    margin: 0 0 6px;
    font-size: 1.15em;
    font-weight: 600;
  }

  .body p {
    margin: 0 0 10px;
    color: var(--ta-dim);
  }

  @media (max-width: 420px) {
    .body,
    .chosen,
    .waiting {
      padding-inline: 12px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .old {
      transition: none;
    }
  }
`;

/** What is only in the arithmetic view. */
export const arithmeticStyles = css`
  .sheet > div[role='toolbar'] {
    position: static;
  }

  .symbol {
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
    cursor: default;
  }

  .symbol:hover {
    background: none;
    outline: none;
  }

  .components:focus-visible,
  .rows:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 4px;
  }

  .rows {
    cursor: pointer;
  }
`;
