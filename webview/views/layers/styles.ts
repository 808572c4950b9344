import { css } from 'lit';

/** The looks of the layer view. */
export const layerStyles = css`
  .bar {
    padding-block-end: 2px;
  }

  .bar .views {
    flex: none;
  }

  /* Beside the charts, also in 300 px. */
  .bar vscode-single-select {
    flex: 1 1 120px;
    width: auto;
    min-width: 0;
    max-width: 190px;
  }

  .bar .views button {
    flex: none;
    padding: 0 8px;
  }

  .readout {
    flex: 1 1 200px;
    min-width: 0;
    min-height: 2.6em;
    display: grid;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 1.3;
  }

  .readout > * {
    grid-area: 1 / 1;
    align-self: center;
  }

  .reserved {
    visibility: hidden;
  }

  svg {
    display: block;
    outline: none;
  }

  text {
    font-family: var(--vscode-font-family);
    font-variant-numeric: tabular-nums;
    text-anchor: middle;
    dominant-baseline: central;
    pointer-events: none;
  }

  text.start {
    text-anchor: start;
  }

  .axis path {
    stroke: var(--ta-rule);
  }

  .others rect {
    fill: var(--vscode-editor-background);
  }

  .strip rect {
    fill: transparent;
  }

  .strip.chosen rect {
    fill: var(--ta-chosen);
    fill-opacity: 0.45;
  }

  .plane .dot {
    stroke-width: unset;
  }

  .plane:hover {
    cursor: pointer;
  }

  .rings {
    fill: none;
    pointer-events: none;
  }

  .rings .near {
    stroke: var(--vscode-foreground);
  }

  .rings .focused {
    stroke: var(--ta-focus);
    stroke-width: 2;
  }

  .rings .active {
    display: none;
    stroke: var(--ta-focus);
    stroke-width: 2;
    stroke-dasharray: 3 2;
  }

  .plane:focus-visible .rings .active {
    display: inline;
  }

  .names text {
    stroke: var(--vscode-editor-background);
    stroke-width: 3;
    paint-order: stroke;
  }

  .families {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    padding: 0 12px;
  }

  .families span {
    display: flex;
    align-items: center;
    gap: 5px;
    white-space: nowrap;
  }

  .caption {
    margin: 6px 12px 10px;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 1.4;
  }

  .body p {
    margin-bottom: 10px;
  }

  .wanted {
    border-color: var(--ta-control-border);
  }

  .dot {
    stroke: var(--vscode-editor-background);
    stroke-width: 1;
    cursor: pointer;
  }

  .dot:hover {
    stroke: var(--vscode-foreground);
  }

  .dot.focused {
    stroke: var(--ta-focus);
    stroke-width: 3;
    paint-order: stroke;
  }

  svg:focus-visible .dot.active {
    stroke: var(--ta-focus);
    stroke-width: 3;
    stroke-dasharray: 3 2;
    paint-order: stroke;
  }
`;
