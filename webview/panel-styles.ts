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
  ta-sentence {
    flex: none;
    border-bottom: 1px solid var(--ta-rule);
  }

  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr) clamp(184px, 33vw, 236px);
    grid-template-rows: minmax(0, 1fr);
    flex: 1 1 0;
    min-height: 0;
  }

  ta-inspector {
    border-inline-start: 1px solid var(--ta-rule);
  }

  .busy {
    transition: opacity 120ms;
    opacity: 0.6;
  }

  @media (max-width: 519px) {
    /* In a low panel the page scrolls rather than squeeze the picture. */
    :host {
      overflow: hidden auto;
    }

    .main {
      display: block;
      flex-shrink: 0;
      min-height: 260px;
      overflow: hidden auto;
    }

    .view {
      height: max(260px, 58vh);
    }

    ta-inspector {
      border-inline-start: 0;
      border-top: 1px solid var(--ta-rule);
      overflow: visible;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .busy {
      transition: none;
    }
  }
`;
