import { css } from 'lit';

/** The looks of the strip of an edited run. */
export const stripStyles = css`
  :host {
    display: block;
    flex: none;
    border-bottom: 1px solid var(--ta-rule);
    background: var(--vscode-inputValidation-infoBackground, var(--ta-hover));
    line-height: 1.5;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 14px;
    padding: 5px 16px;
  }

  strong {
    font-weight: 600;
  }

  .edits {
    display: flex;
    flex: 1 1 160px;
    flex-wrap: wrap;
    gap: 2px 12px;
    min-width: 0;
    max-height: 66px;
    margin: 0;
    padding: 0;
    overflow: hidden auto;
    list-style: none;
  }

  .edits li {
    display: flex;
    align-items: baseline;
    gap: 2px;
    min-width: 0;
  }

  .edits span {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .edits button {
    flex: none;
    min-width: 20px;
    padding: 0 4px;
    line-height: 18px;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin-inline-start: auto;
  }

  .short {
    flex-wrap: nowrap;
    justify-content: space-between;
  }

  .fold {
    padding: 0 6px;
  }

  @media (max-width: 420px) {
    .line {
      padding-inline: 8px;
    }
  }
`;
