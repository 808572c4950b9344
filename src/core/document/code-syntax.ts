/** How a language of programs writes comments and strings. */
export interface CodeSyntax {
  /** What begins a comment that ends with its line. */
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Strings that end with their line, by their quotation mark. */
  readonly strings: readonly string[];
  /** Strings that go over lines: what opens and closes them alike. */
  readonly long: readonly string[];
}

const slashes: CodeSyntax = { line: ['//'], block: [['/*', '*/']], strings: ['"', "'"], long: [] };
const scripts: CodeSyntax = { ...slashes, long: ['`'] };
/** A single quotation mark may stand alone there: lifetimes, primes, separators of digits. */
const plain: CodeSyntax = { ...slashes, strings: ['"'] };
const tripled: CodeSyntax = { ...plain, long: ['"""'] };
const hashes: CodeSyntax = { line: ['#'], block: [], strings: ['"', "'"], long: [] };
const python: CodeSyntax = { ...hashes, long: ['"""', "'''"] };
const dashes: CodeSyntax = { line: ['--'], block: [], strings: ['"', "'"], long: [] };
const semicolons: CodeSyntax = { line: [';'], block: [], strings: ['"'], long: [] };
const percents: CodeSyntax = { line: ['%'], block: [], strings: ['"', "'"], long: [] };

/** By VS Code's language identifiers. */
const languages: readonly (readonly [names: string, syntax: CodeSyntax])[] = [
  ['javascript javascriptreact typescript typescriptreact go', scripts],
  ['java kotlin scala swift groovy csharp', tripled],
  [
    'c cpp cuda-cpp objective-c objective-cpp rust zig d glsl hlsl wgsl shaderlab proto3 proto verilog ' +
      'systemverilog solidity',
    plain,
  ],
  ['dart', { ...slashes, long: ['"""', "'''"] }],
  ['css scss less stylus jsonc json json5 haxe', slashes],
  ['php', { ...slashes, line: ['//', '#'] }],
  ['fsharp', { ...plain, block: [['(*', '*)']], long: ['"""'] }],
  ['python cython starlark toml', python],
  ['julia elixir nim', { ...hashes, strings: ['"'], long: ['"""'] }],
  [
    'shellscript ruby perl perl6 raku r yaml dockercompose dockerfile makefile cmake nix crystal graphql tcl ' +
      'gdscript properties',
    hashes,
  ],
  ['powershell', { ...hashes, block: [['<#', '#>']] }],
  ['coffeescript', { ...hashes, block: [['###', '###']], long: ['"""', "'''"] }],
  ['terraform hcl', { ...hashes, line: ['#', '//'], block: [['/*', '*/']], strings: ['"'] }],
  ['sql mysql pgsql plsql', { ...dashes, block: [['/*', '*/']] }],
  ['lua', { ...dashes, block: [['--[[', ']]']] }],
  ['haskell elm purescript', { ...dashes, block: [['{-', '-}']], strings: ['"'] }],
  ['ada vhdl applescript', { ...dashes, strings: ['"'] }],
  ['ocaml', { line: [], block: [['(*', '*)']], strings: ['"'], long: [] }],
  ['clojure lisp commonlisp scheme racket emacs-lisp elisp asm', semicolons],
  ['ini', { ...semicolons, line: [';', '#'] }],
  ['matlab octave erlang prolog', percents],
  ['vb', { line: ["'"], block: [], strings: ['"'], long: [] }],
  ['fortran fortran-modern FortranFreeForm', { line: ['!'], block: [], strings: ['"', "'"], long: [] }],
  ['bat', { line: ['REM', 'rem', '::'], block: [], strings: ['"'], long: [] }],
];

const byName = new Map(languages.flatMap(([names, syntax]) => names.split(' ').map((name) => [name, syntax] as const)));

/** The syntax of a language of programs by its identifier; undefined for prose and for what is not known. */
export function codeSyntax(language: string | undefined): CodeSyntax | undefined {
  return language === undefined ? undefined : byName.get(language);
}
