import { css } from 'lit';

/** The looks of the compare view. */
export const compareStyles = css`
  .sheet > * {
    position: absolute;
    margin: 0;
  }

  .name {
    overflow: hidden;
    font-size: 1em;
    font-weight: 600;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .place {
    height: 24px;
    color: var(--ta-dim);
    line-height: 22px;
    white-space: nowrap;
  }

  .looked {
    display: flex;
    gap: 4px;
  }

  .looked vscode-single-select {
    flex: 1 1 0;
    width: auto;
    min-width: 0;
    max-width: 150px;
    height: 22px;
  }

  .grid {
    outline: none;
  }

  .grid:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 2px;
  }

  .notes span {
    display: block;
    font-size: 12px;
    line-height: 18px;
    white-space: nowrap;
  }

  .status {
    color: var(--ta-dim);
  }

  .status p {
    margin: 0 0 4px;
    overflow-wrap: anywhere;
  }

  .bar {
    min-height: 30px;
    line-height: 20px;
  }

  .side {
    display: flex;
    gap: 6px;
    max-width: 260px;
    border-color: var(--ta-control-border);
    line-height: 18px;
  }

  .side span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .body .says {
    color: var(--ta-dim);
  }

  /* Its room does not depend on what it says, so that nothing moves under the pointer. */
  .readout {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-content: start;
    gap: 0 18px;
    height: 48px;
    overflow: hidden auto;
    padding: 4px 12px;
    border-top: 1px solid var(--ta-rule);
    line-height: 20px;
    font-variant-numeric: tabular-nums;
  }

  .readout .name {
    flex: 1 0 100%;
  }

  .readout .title,
  .readout .signed {
    color: var(--ta-dim);
  }

  .legend {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0 14px;
    padding: 2px 12px 4px;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 18px;
  }

  .ramp {
    display: inline-block;
    width: 80px;
    height: 8px;
    margin: 0 5px;
    border: 1px solid var(--ta-rule);
  }

  @media (max-width: 760px) {
    .readout {
      height: 68px;
    }
  }

  @media (max-width: 440px) {
    .readout {
      height: 88px;
    }
  }
`;
