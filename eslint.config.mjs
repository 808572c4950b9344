import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom: core <- protocol <- engine, host, webview (ARCHITECTURE.md). */
const walls = [
  { target: './src/core', from: './src', except: ['./core'] },
  { target: './src/core', from: './webview' },
  { target: './src/protocol', from: './src', except: ['./core', './protocol'] },
  { target: './src/protocol', from: './webview' },
  { target: './src/engine', from: './src', except: ['./core', './protocol', './engine'] },
  { target: './src/engine', from: './webview' },
  { target: './src/host', from: './src', except: ['./core', './protocol', './host'] },
  { target: './src/host', from: './webview' },
  { target: './webview', from: './src', except: ['./core', './protocol'] },
];

const nodeBuiltins = { group: ['node:*'], message: 'This room or floor runs without node.' };
const vscodeModule = { group: ['vscode'], message: 'Only src/host imports vscode.' };
const modelRuntime = {
  group: ['@huggingface/*', 'onnxruntime-*'],
  message: 'Only src/engine imports the model runtime.',
};
const browserLibraries = { group: ['lit', 'lit/*', '@vscode-elements/*'], message: 'Only webview draws.' };

/** HTML that is made of strings runs what stands in them. */
const noHtml = {
  selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
  message: 'HTML is never built from strings.',
};

/**
 * What shows words in a window of VS Code, which reads markup in plain strings: called in one file, which makes them
 * inert.
 */
const shows =
  '/^(show(Information|Warning|Error)Message|showQuickPick|showInputBox|createQuickPick|createInputBox|withProgress|' +
  'setStatusBarMessage|createStatusBarItem|MarkdownString|TreeItem|Hover|hoverMessage|contentText|validateInput|' +
  'validationMessage|placeHolder)$/';
const words = '/^(title|tooltip|message|placeholder|prompt|description|label|items|text)$/';
const message = 'Words go to VS Code through src/host/window/window.ts, which makes them inert.';
const onlyTheGate = [
  { selector: `MemberExpression > Identifier.property[name=${shows}]`, message },
  { selector: `MemberExpression > Literal.property[value=${shows}]`, message },
  { selector: `Property > Identifier.key[name=${shows}]`, message },
  {
    selector: `AssignmentExpression > MemberExpression.left[property.name=${words}][object.type!='ThisExpression']`,
    message,
  },
];

/**
 * Words that a person reads stand inside `l10n.t`: prose anywhere, single words where they are shown, and the words
 * between the tags of `markdown`. What is written to the log is not translated, nor the name of the extension.
 */
const outside =
  ":not(CallExpression[callee.property.name='t'] *)" +
  ':not(CallExpression[callee.property.name=/^(debug|info|warn|error)$/] *)';
const prose = '/^(?!Text Attention$)[^<]*\\p{L}{3} \\p{L}/u';
const property =
  'Property[key.name=/^(title|tooltip|placeholder|prompt|description|label|question|detail|openLabel|text|stage)$/]';
const gate =
  'CallExpression[callee.name=/^(show(Information|Warning|Error)|flash|pickRow|askText|withProgress|tellInTree|' +
  'namePanel|commandLink)$/]';
const translatedWords = [
  `Literal[value=${prose}]${outside}:not(TaggedTemplateExpression *)`,
  `TemplateElement[value.raw=${prose}]${outside}:not(TaggedTemplateExpression *)`,
  `${property} > Literal[value=/\\p{L}/u]`,
  `${property} > :matches(TemplateLiteral, ConditionalExpression) > [value.raw=/\\p{L}/u]`,
  `${property} > ConditionalExpression > Literal[value=/\\p{L}/u]`,
  `${gate} > Literal.arguments[value=/^[^.]*\\p{L}[^.]*$/u]`,
  `${gate} > TemplateLiteral.arguments > TemplateElement[value.raw=/\\p{L}/u]`,
  "TaggedTemplateExpression[tag.name='markdown'] > TemplateLiteral > TemplateElement[value.raw=/(^|>)[^<]*\\p{L}{2}/u]",
].map((selector) => ({
  selector,
  message: 'Words that a person reads go through l10n.t: another language is a file.',
}));

/** An override that forbids packages in one room. */
function forbid(files, patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default tseslint.config(
  { ignores: ['dist/', 'dist-test/', 'node_modules/', '.vscode-test/', 'test-results/', 'models/', 'training/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mjs', '.js'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/extensions': ['.ts', '.mjs', '.js'],
    },
    rules: {
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', noHtml],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A test that is defined is run and waited for by the runner.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'suite', 'describe', 'it'] },
          ],
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  forbid(['src/core/**', 'src/protocol/**'], [nodeBuiltins, vscodeModule, modelRuntime, browserLibraries]),
  forbid(['src/engine/**', 'src/cli.ts'], [vscodeModule, browserLibraries]),
  // Files, sockets and processes are the business of the other floors (test/unit/floors.test.ts has their order).
  forbid(
    ['config', 'feeds', 'check', 'model', 'predict', 'run'].map((floor) => `src/engine/${floor}/**`),
    [nodeBuiltins, vscodeModule, browserLibraries],
  ),
  forbid(['src/host/**', 'src/extension.ts'], [modelRuntime, browserLibraries]),
  forbid(['webview/**'], [nodeBuiltins, vscodeModule, modelRuntime]),
  // What a process says goes to the log, and its errors get their words in src/core.
  { files: ['src/host/process/**'], rules: { 'no-restricted-syntax': ['error', noHtml, ...onlyTheGate] } },
  {
    files: ['src/host/**', 'src/extension.ts'],
    ignores: ['src/host/window/window.ts', 'src/host/process/**'],
    rules: { 'no-restricted-syntax': ['error', noHtml, ...onlyTheGate, ...translatedWords] },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['eslint.config.mjs'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['scripts/**', 'test/**', 'bench/**', 'src/cli.ts'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
  // They are run in a terminal, and print.
  { files: ['media/lesson/programs/**'], rules: { 'no-console': 'off' } },
  {
    // Tests read what programs wrote without describing it first, stand in for functions that wait, and look twice at
    // what an assertion has narrowed.
    files: ['test/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
