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
    floors: ['window', 'process', 'analysis', 'editor', 'sidebar', 'panel', 'models', 'links', '.'],
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

/** The imports that lie on a circle of folders, as sentences. */
function circlesIn(imports: readonly Import[]): string[] {
  const reached = (start: string): Set<string> => {
    const found = new Set<string>();
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { from, to } of imports) {
        if (from !== at || found.has(to)) continue;
        found.add(to);
        open.push(to);
      }
    }
    return found;
  };
  return imports
    .filter(({ from, to }) => reached(to).has(from))
    .map(({ file, imported }) => `${file} imports ${imported}`);
}
