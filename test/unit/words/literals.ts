import ts from 'typescript';

/** A literal that reads like English where the table of words should speak. */
export interface Literal {
  readonly line: number;
  /** The text as it is written, with … for what is put into it. */
  readonly text: string;
  /** The property, variable or function that it is written in, the innermost. */
  readonly within: string;
}

/** What stands for an interpolation; no text has it. */
const hole = '\uFFFC';
/** Two words with white space between, of which one may be put in: `no such file`, `layer …`, `… is missing`. */
const prose = new RegExp(
  `(?<![\\p{L}\\p{N}_${hole}-])\\p{L}{2,}[’'"”)]?[,;:.]? +[“‘("]*(?:\\p{L}{2,}|${hole})(?![${hole}-])` +
    `|${hole}[”’)"]?[,;:.]? +\\p{L}{2,}(?![\\p{L}\\p{N}_${hole}=-])`,
  'u',
);
/** Fields that are shown whatever is in them, so that one word is too much. */
const shownFields: ReadonlySet<string> = new Set(['detail', 'why', 'component', 'label', 'title', 'message']);
/** Attributes whose values are read or heard. */
const shownAttributes =
  /\s(?:title|label|alt|placeholder|aria-(?:label|description|roledescription|valuetext))="([^"]*)"/g;
/** Errors that tell a programmer of a wrong call. A person meets them only as an error that was not expected. */
const assertions: ReadonlySet<string> = new Set(['TypeError', 'RangeError']);
/** Methods that compare or search: what they take is another's text, or none. */
const searches: ReadonlySet<string> = new Set([
  'includes',
  'startsWith',
  'endsWith',
  'indexOf',
  'replace',
  'replaceAll',
  'split',
]);

/** Every literal of a source file that reads like English; `name` says whether it is TypeScript. */
export function literalsIn(source: string, name = 'source.ts'): Literal[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (isSilent(node)) return;
    const text = textOf(node);
    if (text !== null && isShown(node, text)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({ line: line + 1, text: text.replaceAll(hole, '…'), within: nameAround(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Every string and template of a source file, with … for what is put into them. */
export function textsIn(source: string): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== null) texts.push(text.replaceAll(hole, '…'));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return texts;
}

/** What no person reads, with all that is in it: types, imports, names, assertions, styles. */
function isSilent(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isTaggedTemplateExpression(node)) return node.tag.getText() === 'css';
  return ts.isNewExpression(node) && assertions.has(node.expression.getText()) && ts.isThrowStatement(node.parent);
}

function isShown(node: ts.Node, text: string): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isCaseClause(parent) || ts.isElementAccessExpression(parent)) return false;
  if (ts.isBinaryExpression(parent) && isComparison(parent.operatorToken.kind)) return false;
  if (ts.isCallExpression(parent) && isSearch(parent.expression) && parent.arguments[0] === node) return false;
  if (isField(parent) && shownFields.has(parent.name.getText())) return /\p{L}/u.test(text.replaceAll(hole, ''));
  return prose.test(withoutMarkup(text));
}

function isField(node: ts.Node): node is ts.PropertyAssignment {
  return ts.isPropertyAssignment(node);
}

function isSearch(called: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(called) && searches.has(called.name.text);
}

function isComparison(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
}

/** The text of a string or template; null for anything else. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => hole + literal.text).join('');
}

/** A text without tags, comments and attributes, but with the values of those that are read. */
function withoutMarkup(text: string): string {
  if (!/[<>]|="/.test(text)) return text;
  const values = [...text.matchAll(shownAttributes)].map(([, value = '']) => value);
  const content = text
    .replace(/<!--[^]*?-->/g, '\n')
    .replace(/<[^>]*>/g, '\n')
    .replace(/<[!/\w][^>]*$/g, '\n')
    .replace(/[\w:-]+="[^"]*"?/g, '\n')
    .replace(/^[^<>]*>/, '\n');
  return [content, ...values].join('\n');
}

function nameAround(node: ts.Node): string {
  for (let around = node.parent; !ts.isSourceFile(around); around = around.parent) {
    if (ts.isPropertyAssignment(around) || ts.isVariableDeclaration(around)) return around.name.getText();
    if (ts.isFunctionDeclaration(around) || ts.isMethodDeclaration(around)) return around.name?.getText() ?? '';
    if (ts.isConstructorDeclaration(around)) return 'constructor';
  }
  return '';
}
