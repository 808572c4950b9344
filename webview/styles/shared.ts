import { css } from 'lit';

/** What every part of the panel shares: the box model, text that only screen readers get, key caps, plain buttons. */
export const sharedStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  kbd {
    display: inline-block;
    min-width: 18px;
    padding: 0 4px;
    border: 1px solid var(--ta-control-border);
    border-radius: 3px;
    color: inherit;
    font: inherit;
    text-align: center;
  }

  button {
    border: 1px solid transparent;
    border-radius: 4px;
    padding: 0 6px;
    background: none;
    color: inherit;
    font: inherit;
    font-variant-numeric: tabular-nums;
    line-height: 20px;
    cursor: pointer;
  }

  button:hover {
    background-color: var(--ta-hover);
    outline: 1px dashed var(--ta-hover-outline);
    outline-offset: -1px;
  }

  button:disabled {
    opacity: 0.4;
    cursor: default;
  }

  button:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 1px;
  }

  button.link {
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
    color: var(--vscode-textLink-foreground);
    line-height: inherit;
    text-align: start;
  }

  button.link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
`;

/** The stage of a view, which stays while what is behind it scrolls, and the canvases that lie on it. */
export const stageStyles = css`
  .stage {
    position: sticky;
    top: 0;
    overflow: hidden;
  }

  canvas {
    position: absolute;
    top: 0;
    left: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
`;

/**
 * What goes on below an edge, or to the right, fades there: one that cannot be scrolled has no such timeline. The
 * classes are on what scrolls; a host names the animation itself.
 */
export const cueStyles = css`
  .scroller {
    animation: more-below linear;
    animation-timeline: scroll(self);
    animation-range: 0 calc(100% - 8px);
  }

  @keyframes more-below {
    from,
    to {
      mask-image: linear-gradient(black calc(100% - 32px), transparent);
    }
  }

  @keyframes more-right {
    from,
    to {
      mask-image: linear-gradient(to right, black calc(100% - 32px), transparent);
    }
  }
`;

/** A view that fills its place, its parts one above the other. */
export const columnStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
`;

/** What a view says in place of a picture that it cannot draw. */
export const insteadStyles = css`
  .body {
    padding: 16px 12px;
  }

  .body h2 {
    margin: 0 0 6px;
    font-size: 1.08em;
    font-weight: 600;
  }

  .body p {
    max-width: 60ch;
    margin: 4px 0;
  }
`;

/** Such a view with a bar of controls above what scrolls. */
export const barStyles = css`
  ${columnStyles}

  .bar {
    display: flex;
    flex: none;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 14px;
    padding: 6px 12px 0;
  }

  vscode-single-select {
    width: 190px;
    max-width: 100%;
  }

  .scroller {
    position: relative;
    flex: 1 1 0;
    min-height: 0;
    overflow: hidden auto;
  }

  @media (max-width: 420px) {
    .bar {
      padding-inline: 8px;
    }
  }
`;
