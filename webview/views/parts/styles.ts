import { css } from 'lit';

/** What is only in the view of a score's parts. */
export const partsStyles = css`
  .way {
    display: flex;
    flex: none;
    align-items: baseline;
    flex-wrap: wrap;
    gap: 2px 14px;
    padding: 12px 20px 0;
    color: var(--ta-dim);
  }

  .way h2 {
    display: inline;
    margin: 0;
    color: var(--vscode-foreground);
    font-size: inherit;
    font-weight: 600;
  }

  .way .of {
    overflow-wrap: anywhere;
  }

  .grid:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 4px;
  }

  .readout {
    overflow: hidden;
    white-space: normal;
  }

  .way.narrow {
    padding-inline: 12px;
  }
`;
