/** A changed model, in pieces as `ModelEdit.chunks` has them, in one new buffer. */
export function joinModel({ model }: { readonly model: readonly Uint8Array[] }): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(model.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of model) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
