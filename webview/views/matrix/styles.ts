import { css } from 'lit';

/** The looks of the matrix view. */
export const matrixStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    min-width: 0;
  }

  .stage {
    position: relative;
    flex: 1 1 0;
    min-height: 0;
    overflow: hidden;
    outline: none;
    touch-action: pan-y;
  }

  .stage.pannable {
    touch-action: none;
    cursor: grab;
  }

  .stage.pannable:active {
    cursor: grabbing;
  }

  /* What letting go of a cell that is dragged would do. */
  .pulled {
    position: absolute;
    padding: 1px 6px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--ta-rule));
    border-radius: 3px;
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    font-variant-numeric: tabular-nums;
    pointer-events: none;
    white-space: nowrap;
  }

  .stage:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: -1px;
  }

  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }

  .legend {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    padding: 4px 12px;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 20px;
  }

  .ramp {
    display: inline-block;
    width: 110px;
    height: 8px;
    margin: 0 5px;
    border: 1px solid var(--ta-rule);
  }

  /* Its room does not depend on what it says, so that the matrix does not move under the pointer. */
  .cell {
    flex: 1 1 190px;
    min-width: 0;
    overflow: hidden;
    color: var(--vscode-foreground);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .zoom {
    display: flex;
    gap: 4px;
    margin-inline-start: auto;
  }

  .zoom button {
    min-width: 24px;
    border-color: var(--ta-control-border);
    line-height: 18px;
  }
`;
