import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** The rooms that have folders, and their folders from the ground up where an order is given (ARCHITECTURE.md). */
const rooms: readonly { readonly room: string; readonly floors?: readonly string[] }[] = [
  {
    room: 'src/engine',
    floors: [
      'files',
      'process',
      'config',
      'store',
      'feeds',
      'check',
      'backend',
      'model',
      'predict',
      'run',
      'hub',
      'service',
      'terminal',
      '.',
    ],
  },
  {
    room: 'src/host',
    floors: [
      'window',
      'glossary',
      'process',
      'analysis',
      'editor',
      'sidebar',
      'panel',
      'models',
      'tasks',
      'links',
      'lesson',
      '.',
    ],
  },
];

/** An import of one file of a room by another: both files and their folders, relative to the room. */
interface Import {
  readonly file: string;
  readonly imported: string;
  readonly from: string;
  readonly to: string;
}

for (const { room, floors } of rooms) {
  const imports = importsIn(room);

  describe(`the folders of ${room}`, () => {
    it('import one another in no circle', () => {
      assert.deepEqual(circlesIn(imports), []);
    });

    if (floors) {
      it('are the floors that are told of, none more', () => {
        const folders = new Set(filesIn(room).map((file) => posix.dirname(file)));
        assert.deepEqual([...folders].sort(), [...floors].sort());
      });

      it('import nothing from a floor above', () => {
        const upwards = imports.filter(({ from, to }) => floors.indexOf(to) > floors.indexOf(from));
        assert.deepEqual(
          upwards.map(({ file, imported }) => `${file} imports ${imported}`),
          [],
        );
      });
    }
  });
}

it('no file imports itself through others', () => {
  const everywhere = ['src', 'webview', 'test', 'bench', 'scripts'].flatMap(importsBetweenFiles);
  assert.ok(everywhere.length > 1000);
  assert.deepEqual(circlesIn(everywhere), []);
});

describe('a circle of folders', () => {
  const arrow = (from: string, to: string): Import => ({ file: `${from}/x.ts`, imported: `${to}/y.ts`, from, to });

  it('is found, whoever is in it, and told by its imports', () => {
    const circle = [arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'a')];
    assert.deepEqual(circlesIn([...circle, arrow('d', 'a'), arrow('c', 'e')]), [
      'a/x.ts imports b/y.ts',
      'b/x.ts imports c/y.ts',
      'c/x.ts imports a/y.ts',
    ]);
  });

  it('is not found where two folders import a third', () => {
    assert.deepEqual(circlesIn([arrow('a', 'b'), arrow('a', 'c'), arrow('b', 'c')]), []);
  });
});

function filesIn(room: string): string[] {
  return globSync('**/*.ts', { cwd: join(root, room) }).map((file) => file.split(sep).join(posix.sep));
}

/** Imports between folders of a room, those of types too: they say who knows whom. */
function importsIn(room: string): Import[] {
  return filesIn(room).flatMap((file) => {
    const text = readFileSync(join(root, room, file), 'utf8');
    const named = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path = '']) => path);
    return named.flatMap((path): Import[] => {
      const imported = relative(room, join(dirname(join(room, file)), path))
        .split(sep)
        .join(posix.sep);
      const [from, to] = [posix.dirname(file), posix.dirname(imported)];
      return imported.startsWith('../') || from === to ? [] : [{ file, imported, from, to }];
    });
  });
}

/** Imports between files that are there when the code runs: those of types are not. */
function importsBetweenFiles(room: string): Import[] {
  return filesIn(room).flatMap((file) => {
    const text = readFileSync(join(root, room, file), 'utf8');
    const named = [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*?'(\.[^']+)';/gm)].map(([, path = '']) => path);
    const from = posix.join(room, file);
    return named.map((path): Import => {
      const to = posix.join(posix.dirname(from), path);
      return { file: from, imported: to, from, to };
    });
  });
}

/**
 * The imports that lie on a circle, as sentences: what is left when those that lead nowhere, and those that nothing
 * leads to, are taken away until none is.
 */
function circlesIn(imports: readonly Import[]): string[] {
  let left = imports;
  for (let before = -1; before !== left.length;) {
    before = left.length;
    const [importing, imported] = [new Set(left.map(({ from }) => from)), new Set(left.map(({ to }) => to))];
    left = left.filter(({ from, to }) => importing.has(to) && imported.has(from));
  }
  return left.map(({ file, imported }) => `${file} imports ${imported}`);
}
