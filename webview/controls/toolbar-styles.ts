import { css } from 'lit';

/** The looks of the toolbar. */
export const toolbarStyles = css`
  :host {
    display: block;
  }

  .bar,
  .choices {
    display: flex;
    align-items: center;
    gap: 6px 14px;
  }

  .bar {
    align-content: flex-start;
    flex-wrap: wrap;
    min-height: var(--height, 0);
    padding: 7px 12px;
  }

  /* In so low a panel the picture needs the room more. */
  @media (max-width: 519px) and (max-height: 480px) {
    .bar {
      min-height: 0;
    }
  }

  .choices {
    flex-wrap: wrap;
    min-width: 0;
  }

  /* No room in one row: the views and the menus, then the choices. */
  .stacked .choices {
    order: 1;
    flex-basis: 100%;
  }

  /* Everything in one row, to see whether there is room. */
  .measured,
  .measured .choices,
  .measured .chips {
    flex-wrap: nowrap;
  }

  .measured > *,
  .measured .choices > * {
    flex: none;
  }

  vscode-single-select {
    width: 108px;
  }

  .stepper {
    display: flex;
    align-items: center;
    gap: 8px;
    white-space: nowrap;
  }

  .stepper button {
    width: 22px;
    padding: 0;
    border-color: var(--ta-control-border);
    line-height: 18px;
  }

  .stepper button.all {
    width: auto;
    padding: 0 5px;
    border-color: transparent;
    color: var(--ta-dim);
    font-size: 0.92em;
  }

  .stepper button.all[aria-pressed='true'] {
    border-color: var(--ta-control-border);
    color: var(--vscode-foreground);
  }

  .layer {
    display: inline-block;
    min-width: 1.2em;
    text-align: center;
  }

  .range,
  .only {
    color: var(--ta-dim);
  }

  .end {
    display: flex;
    align-items: center;
    margin-inline-start: auto;
  }

  ta-filter {
    margin-inline-end: 6px;
  }

  .end > button {
    width: 22px;
    padding: 0;
  }

  .end svg {
    display: block;
    margin: 3px auto;
  }

  @media (max-width: 600px) {
    .noun,
    .range {
      display: none;
    }
  }

  @media (max-width: 420px) {
    .bar .choices {
      display: contents;
    }

    .bar {
      flex-wrap: wrap;
      gap: 4px 6px;
      padding: 5px 8px;
    }

    .mapped .word {
      display: none;
    }

    ta-filter {
      margin: 0;
    }

    .end {
      order: 1;
      gap: 2px;
    }

    vscode-single-select {
      order: 2;
      flex: 1 1 64px;
      width: auto;
      min-width: 0;
      max-width: 108px;
    }

    .stepper {
      order: 2;
      gap: 4px;
    }

    .chips {
      order: 3;
      flex: 1 1 140px;
    }
  }

  /* Three rows: the views; map, layer and menus; the heads. */
  @media (max-width: 380px) {
    .end {
      order: 2;
    }

    .chips {
      flex-basis: 100%;
    }
  }
`;
