import { css } from 'lit';

/** The looks of why a logit is what it is. */
export const logitStyles = css`
  .logit {
    margin: 8px 0 12px;
  }

  .logit h4 {
    margin: 0 0 4px;
    font-size: inherit;
    font-weight: 600;
  }

  .logit .parts li {
    grid-template-columns: minmax(0, 1.7fr) minmax(24px, 1fr) 46px;
  }

  .logit .parts .name {
    font-family: inherit;
    overflow-wrap: anywhere;
    white-space: normal;
  }

  .logit .bar {
    display: block;
    height: 6px;
  }

  .logit .bar.outlined {
    outline: 1px solid;
    outline-offset: -1px;
  }

  .logit dl {
    margin: 6px 0;
  }

  .logit dl div {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    color: var(--ta-dim);
  }

  .logit dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
`;
