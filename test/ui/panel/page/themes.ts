/** The four default themes of VS Code, with the variables that the panel uses. */
export type ThemeName = 'dark' | 'light' | 'contrast' | 'contrast-light';

/** A theme as VS Code puts it on a webview: a class and a kind on the body, variables on the root. */
export interface Theme {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

const fonts = {
  'font-family': 'system-ui, "Ubuntu", "Droid Sans", "Liberation Sans", sans-serif',
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': '"Droid Sans Mono", "DejaVu Sans Mono", monospace',
  'editor-font-size': '14px',
};

const darkModern = {
  'foreground': '#cccccc', 'editor-background': '#1f1f1f', 'editor-foreground': '#cccccc', 'descriptionForeground': '#9d9d9d',
  'focusBorder': '#0078d4', 'panel-border': '#2b2b2b', 'errorForeground': '#f85149', 'editorError-foreground': '#f14c4c',
  'textLink-foreground': '#4daafc', 'textLink-activeForeground': '#4daafc', 'toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)',
  'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1',
  'progressBar-background': '#0078d4', 'editorHoverWidget-background': '#202020', 'editorHoverWidget-foreground': '#cccccc',
  'editorHoverWidget-border': '#454545', 'settings-dropdownBackground': '#313131', 'settings-dropdownForeground': '#cccccc',
  'settings-dropdownBorder': '#3c3c3c', 'settings-dropdownListBorder': '#454545', 'list-activeSelectionBackground': '#04395e',
  'list-activeSelectionForeground': '#ffffff', 'list-hoverBackground': '#2a2d2e', 'scrollbarSlider-background': 'rgba(121, 121, 121, 0.4)',
  'settings-checkboxBackground': '#313131', 'settings-checkboxBorder': '#3c3c3c', 'settings-checkboxForeground': '#cccccc',
  'settings-textInputBackground': '#313131', 'settings-textInputBorder': '#3c3c3c', 'settings-textInputForeground': '#cccccc',
};

const lightModern = {
  'foreground': '#3b3b3b', 'editor-background': '#ffffff', 'editor-foreground': '#3b3b3b', 'descriptionForeground': '#3b3b3b',
  'focusBorder': '#005fb8', 'panel-border': '#e5e5e5', 'errorForeground': '#f85149', 'editorError-foreground': '#e51400',
  'textLink-foreground': '#005fb8', 'textLink-activeForeground': '#005fb8', 'toolbar-hoverBackground': 'rgba(184, 184, 184, 0.31)',
  'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8',
  'progressBar-background': '#005fb8', 'editorHoverWidget-background': '#f8f8f8', 'editorHoverWidget-foreground': '#3b3b3b',
  'editorHoverWidget-border': '#c8c8c8', 'settings-dropdownBackground': '#ffffff', 'settings-dropdownForeground': '#3b3b3b',
  'settings-dropdownBorder': '#cecece', 'settings-dropdownListBorder': '#cecece', 'list-activeSelectionBackground': '#e8e8e8',
  'list-activeSelectionForeground': '#000000', 'list-hoverBackground': '#f2f2f2', 'scrollbarSlider-background': 'rgba(100, 100, 100, 0.4)',
  'settings-checkboxBackground': '#f8f8f8', 'settings-checkboxBorder': '#cecece', 'settings-checkboxForeground': '#3b3b3b',
  'settings-textInputBackground': '#ffffff', 'settings-textInputBorder': '#cecece', 'settings-textInputForeground': '#3b3b3b',
};

const highContrast = {
  'foreground': '#ffffff', 'editor-background': '#000000', 'editor-foreground': '#ffffff', 'descriptionForeground': 'rgba(255, 255, 255, 0.7)',
  'focusBorder': '#f38518', 'panel-border': '#6fc3df', 'contrastBorder': '#6fc3df', 'contrastActiveBorder': '#f38518',
  'errorForeground': '#f48771', 'editorError-foreground': '#f48771', 'textLink-foreground': '#21a6ff', 'textLink-activeForeground': '#21a6ff',
  'button-background': '#000000', 'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'progressBar-background': '#6fc3df',
  'editorHoverWidget-background': '#0c141f', 'editorHoverWidget-foreground': '#ffffff', 'editorHoverWidget-border': '#6fc3df',
  'settings-dropdownBackground': '#000000', 'settings-dropdownForeground': '#ffffff', 'settings-dropdownBorder': '#6fc3df',
  'settings-dropdownListBorder': '#6fc3df', 'list-activeSelectionForeground': '#ffffff',
  'settings-checkboxBackground': '#000000', 'settings-checkboxBorder': '#6fc3df', 'settings-checkboxForeground': '#ffffff',
  'settings-textInputBackground': '#000000', 'settings-textInputBorder': '#6fc3df', 'settings-textInputForeground': '#ffffff',
};

const highContrastLight = {
  'foreground': '#292929', 'editor-background': '#ffffff', 'editor-foreground': '#292929', 'descriptionForeground': 'rgba(41, 41, 41, 0.7)',
  'focusBorder': '#006bbd', 'panel-border': '#0f4a85', 'contrastBorder': '#0f4a85', 'contrastActiveBorder': '#006bbd',
  'errorForeground': '#b5200d', 'editorError-foreground': '#b5200d', 'textLink-foreground': '#0f4a85', 'textLink-activeForeground': '#0f4a85',
  'button-background': '#0f4a85', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0f4a85', 'progressBar-background': '#0f4a85',
  'editorHoverWidget-background': '#ffffff', 'editorHoverWidget-foreground': '#292929', 'editorHoverWidget-border': '#0f4a85',
  'settings-dropdownBackground': '#ffffff', 'settings-dropdownForeground': '#292929', 'settings-dropdownBorder': '#0f4a85',
  'settings-dropdownListBorder': '#0f4a85', 'list-activeSelectionForeground': '#292929',
  'settings-checkboxBackground': '#ffffff', 'settings-checkboxBorder': '#0f4a85', 'settings-checkboxForeground': '#292929',
  'settings-textInputBackground': '#ffffff', 'settings-textInputBorder': '#0f4a85', 'settings-textInputForeground': '#292929',
};

export const themes: Readonly<Record<ThemeName, Theme>> = {
  'dark': { bodyClass: 'vscode-dark', variables: { ...fonts, ...darkModern } },
  'light': { bodyClass: 'vscode-light', variables: { ...fonts, ...lightModern } },
  'contrast': { bodyClass: 'vscode-high-contrast', variables: { ...fonts, ...highContrast } },
  'contrast-light': { bodyClass: 'vscode-high-contrast vscode-high-contrast-light', variables: { ...fonts, ...highContrastLight } },
};
