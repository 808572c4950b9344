import { css } from 'lit';

/**
 * The looks of sliders, as those of VS Code's own controls: a thin line and a round thumb in the colour of the focus,
 * which every theme keeps apart from its surface; a browser's own have a white line on a dark one.
 */
export const sliderStyles = css`
  input[type='range'] {
    --thumb: 12px;

    appearance: none;
    min-width: 0;
    width: 100%;
    height: 20px;
    margin: 0;
    background: none;
    cursor: pointer;
  }

  input[type='range']::-webkit-slider-runnable-track {
    height: 2px;
    border-radius: 1px;
    background: color-mix(in srgb, var(--ta-dim) 55%, transparent);
  }

  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: var(--thumb);
    height: var(--thumb);
    margin-top: calc(1px - var(--thumb) / 2);
    border-radius: 50%;
    background: var(--ta-focus);
  }

  input[type='range']:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 1px;
  }

  @media (forced-colors: active) {
    input[type='range']::-webkit-slider-runnable-track {
      background: CanvasText;
    }

    input[type='range']::-webkit-slider-thumb {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
