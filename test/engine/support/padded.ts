import { closeSync, cpSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

const message = WireType.LengthDelimited;

/** Bytes that make any graph file one whose weights are left in it. */
export const large = 17 << 20;

/**
 * A copy of a model whose graph files have so many bytes more in front, as a stored tensor that nothing reads: in a
 * message of its own, which protobuf merges with the graph behind it. The bytes are a hole in the file, several of them
 * beyond 2 GB.
 */
export function paddedModel(from: string, to: string, bytes: number, ...graphs: readonly string[]): string {
  cpSync(from, to, { recursive: true });
  for (const name of graphs) padFile(join(to, 'onnx', name), bytes);
  return to;
}

const longestHole = 2 ** 31;

function padFile(path: string, bytes: number): void {
  const graph = readFileSync(path);
  const padded = `${path}.padded`;
  const file = openSync(padded, 'w');
  let at = 0;
  for (let left = bytes; left > 0; left -= longestHole) {
    const hole = Math.min(left, longestHole);
    const tensor = new BinaryWriter().tag(1, WireType.Varint).int64(hole).tag(2, WireType.Varint).int32(2);
    const inner = tensor.tag(8, message).string(`padding.${left}`).tag(9, message).uint32(hole).finish();
    const held = new BinaryWriter()
      .tag(5, message)
      .uint32(inner.length + hole)
      .finish();
    const head = new BinaryWriter().tag(7, message).uint32(held.length + inner.length + hole);
    const start = head.raw(held).raw(inner).finish();
    writeSync(file, start, 0, start.length, at);
    at += start.length + hole;
  }
  writeSync(file, graph, 0, graph.length, at);
  closeSync(file);
  renameSync(padded, path);
}
