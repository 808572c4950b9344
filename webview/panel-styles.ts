import { css } from 'lit';

/** The layout of the panel: toolbar, sentence, view and inspector, foot line. */
export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100vh;
    overflow: hidden;
  }

  ta-toolbar,
  .top {
    flex: none;
    border-bottom: 1px solid var(--ta-rule);
  }

  /* With room for it, what the model predicts stands beside the sentence, and its settings under it. */
  @media (min-width: 760px) {
    .top.predicts,
    .top.hides {
      display: grid;
      grid-template: 'sentence told' auto 'controls told' 1fr / minmax(0, 1fr) clamp(280px, 34vw, 400px);
    }

    .top.hides {
      grid-template: 'sentence told' auto / minmax(0, 1fr) auto;
    }
  }

  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr) clamp(184px, 33vw, 236px);
    grid-template-rows: minmax(0, 1fr);
    flex: 1 1 0;
    min-height: 0;
  }

  /* A view that has the whole width. */
  .main.whole {
    grid-template-columns: minmax(0, 1fr);
  }

  ta-inspector {
    border-inline-start: 1px solid var(--ta-rule);
  }

  .busy {
    transition: opacity 120ms;
    opacity: 0.6;
  }

  /* With room beside the view for the inspector there is nothing to sum up, and no edge to drag. */
  .summary,
  .edge {
    display: none;
  }

  @media (max-width: 519px) {
    /* In a low panel the page scrolls rather than squeeze the picture. */
    :host {
      overflow: hidden auto;
    }

    .summary {
      display: block;
      flex: none;
      min-height: calc(1.45em + 9px);
      margin: 0;
      padding: 4px 16px;
      border-bottom: 1px solid var(--ta-rule);
      overflow: hidden;
      line-height: 1.45;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .main {
      display: flex;
      flex-direction: column;
      flex-shrink: 0;
      min-height: 260px;
    }

    .view {
      flex: 1 1 0;
      min-height: 0;
    }

    .edge {
      display: block;
    }

    ta-inspector {
      flex: 0 0 calc(100% * var(--pane));
      border-inline-start: 0;
    }
  }

  /* So low that the line would take the picture's room. */
  @media (max-width: 519px) and (max-height: 480px) {
    .summary {
      display: none;
    }

    .main {
      min-height: 400px;
    }

    .view {
      min-height: 260px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .busy {
      transition: none;
    }
  }
`;
